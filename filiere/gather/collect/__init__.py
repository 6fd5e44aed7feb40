"""One questionnaire a member, made from the rows that are its own."""
