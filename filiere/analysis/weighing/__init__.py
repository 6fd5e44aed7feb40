"""What this year's figures say of themselves: what comes in, what goes out, and what does not fit."""
