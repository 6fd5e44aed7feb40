"""The templates that coordinators fill in."""
