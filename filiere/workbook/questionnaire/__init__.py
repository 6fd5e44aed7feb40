"""A questionnaire as a file: what it asks, how it looks, and what comes back."""
