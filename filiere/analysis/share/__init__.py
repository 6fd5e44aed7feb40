"""What co-operation brings and fair ways to share it: coalitions, rules, the core, and who would pay whom."""
