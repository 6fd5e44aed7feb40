"""A figure, or the reason why there is none: an indicator whose denominator is 0 is blank, never 0."""

from __future__ import annotations

from typing import Any

import numpy as np

from filiere.language import Label
from filiere.solution.accounts import Floats

Figure = float | Label
"""A number, or why there is none."""

NO_PURCHASES = Label("no inside actor buys anything", "aucun acteur du territoire n'achète rien")
NO_USES = Label("nothing is used, sold or spent", "rien n'est utilisé, vendu ni dépensé")
NO_RECEIPTS = Label(
    "no inside actor sells or is granted anything", "aucun acteur du territoire n'a de recette ni d'aide"
)
NO_OUTLAYS = Label("no inside actor spends anything", "aucun acteur du territoire ne dépense rien")
NO_OUTSIDE_MONEY = Label(
    "no money comes in from outside or from final users",
    "aucun argent ne vient de l'extérieur ni des usagers",
)
NO_MATERIAL = Label("nothing enters and nothing is used again", "rien n'entre et rien n'est réutilisé")
NO_SECONDARY = Label("no by-product arises inside", "aucun coproduit n'apparaît sur le territoire")
NO_FLOW = Label("nothing flows between the actors", "rien ne circule entre les acteurs")
NO_NEED = Label("no need is stated", "aucun besoin n'est indiqué")
NOTHING_SERVED = Label("no inside need is served", "aucun besoin du territoire n'est couvert")
NO_INHABITANTS = Label("the number of inhabitants is not given", "le nombre d'habitants n'est pas indiqué")
UNKNOWN_MASS = Label("the mass of {product} is not known", "la masse de {product} n'est pas connue")
TOO_LARGE = Label(
    "the loops tie too many actors together to be followed one by one",
    "les boucles relient trop d'acteurs pour être suivies une à une",
)
ENDLESS = Label(
    "money turns between some actors without ever leaving them",
    "de l'argent tourne entre certains acteurs sans jamais en sortir",
)


def ratio(numerator: float, denominator: float, blank: Label) -> Figure:
    """Return numerator / denominator, or why there is none where the denominator is 0 (or less)."""
    return numerator / denominator if denominator > 0.0 else blank


def ratios(numerator: Any, denominator: Any) -> Floats:
    """Return numerators / denominators, nan where a denominator is 0 (or less)."""
    top, bottom = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    blank = np.full(np.broadcast_shapes(top.shape, bottom.shape), np.nan)
    return np.asarray(np.divide(top, bottom, out=blank, where=bottom > 0.0))
