"""What is shown of an explanation: levers, freedom, conflicts."""
