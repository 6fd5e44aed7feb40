"""Commands that ask about a plan: scenarios, fronts, explanations, losses."""
