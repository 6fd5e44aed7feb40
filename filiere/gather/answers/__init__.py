"""What comes back of the questionnaires: only what changed is an answer."""
