"""What a consultant asks of a chain: each a short recipe over build, session and measure."""
