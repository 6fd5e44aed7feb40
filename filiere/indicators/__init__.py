"""What a plan is worth: indicators with one definition each, from flows, levels and needs alone."""

from filiere.indicators.measures import Measures, measure

__all__ = ["Measures", "measure"]
