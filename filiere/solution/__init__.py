"""What a solve answers, and the proof that it holds: plans, their accounts, their certificate."""
