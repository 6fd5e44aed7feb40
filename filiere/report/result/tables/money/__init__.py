"""Tables of accounts and grants."""
