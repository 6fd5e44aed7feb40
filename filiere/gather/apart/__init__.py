"""What stands apart in tables of purchases and sales: titles of plans and stocks, names of no party, and sums."""
