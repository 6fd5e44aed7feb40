"""What a plan is worth: indicators with one definition each, from flows, levels and needs alone."""

from filiere.indicators.measures import Measures, figures, measure

__all__ = ["Measures", "figures", "measure"]
