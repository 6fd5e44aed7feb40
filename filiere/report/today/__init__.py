"""What is shown of today's figures once they are made consistent."""
