"""What is shown of one plan, or of today: sentences, tables, network, JSON."""
