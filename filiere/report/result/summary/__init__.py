"""What is said first of a plan, in sentences: verdict, headline figures, what they are made of, and remarks."""
