"""See and redesign the sector chain of a territory."""

__version__ = "0.1.0"
