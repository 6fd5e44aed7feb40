"""From the Pyomo model to a plan: compiled once, solved rank after rank in one HiGHS session."""
