"""The problems of ranges in the Scenarios sheet."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

NOT_A_RANGE = Code(
    "RNG01", Severity.ERROR,
    Label("{text_q} is no range.", "{text_q} n'est pas un intervalle."),
    Label("A range goes from one number to another by a step, all in one unit.",
          "Un intervalle va d'un nombre à un autre par un pas, le tout dans une seule unité."),
    Label("Write “= 100 to 200 by 25”, or “x 0.8 to 1.2 by 0.1”.",
          "Écrivez « = 100 à 200 par 25 », ou « x 0,8 à 1,2 par 0,1 »."),
)  # fmt: skip
RANGE_LENGTH = Code(
    "RNG02", Severity.ERROR,
    Label("{text_q} has no figure, or too many.", "{text_q} n'a aucune valeur, ou en a trop."),
    Label("A range has a step other than 0 and {most} figures at most: each is a plan.",
          "Un intervalle a un pas non nul et {most} valeurs au plus : chacune est un plan."),
    Label("Take a wider step.", "Prenez un pas plus large."),
)  # fmt: skip
TWO_RANGES = Code(
    "RNG03", Severity.ERROR,
    Label("The scenario {name_q} has a range already, in {first}.",
          "Le scénario {name_q} a déjà un intervalle, en {first}."),
    Label("One figure moves at a time: the curve is drawn against it.",
          "Une seule donnée bouge à la fois : la courbe se trace selon elle."),
    Label("Make another scenario of it, or change it by one figure.",
          "Faites-en un autre scénario, ou changez-la par une seule valeur."),
)  # fmt: skip

CODES = codes_in(globals())
