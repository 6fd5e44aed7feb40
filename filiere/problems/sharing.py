"""The problems of sharing: coalitions that the sheet lacks or says twice, and chains that have nothing to share."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

NOBODY_TOGETHER = Code(
    "COA01", Severity.ERROR,
    Label("No row names all of {players} together.", "Aucune ligne ne réunit {players}."),
    Label("What all gain or pay together is what there is to share.",
          "Ce que tous gagnent ou paient ensemble est ce qu'il y a à partager."),
    Label("Add a row with all of them and its value.", "Ajoutez une ligne avec tous et sa valeur."),
)  # fmt: skip
COALITION_TWICE = Code(
    "COA02", Severity.ERROR,
    Label("These members already make up the coalition in {other}.",
          "Ces membres forment déjà le regroupement en {other}."),
    Label("A coalition has one value.", "Un regroupement n'a qu'une valeur."),
    Label("Delete one of the two rows.", "Supprimez l'une des deux lignes."),
)  # fmt: skip
GAIN_AND_COST = Code(
    "COA03", Severity.ERROR,
    Label("This row is not of the same kind as {other}.", "Cette ligne n'est pas de la même nature que {other}."),
    Label("Either gains or costs are shared, not both at once.",
          "On partage soit des gains, soit des coûts, pas les deux à la fois."),
    Label("Give every row the same kind.", "Donnez la même nature à toutes les lignes."),
)  # fmt: skip
COST_ALONE_MISSING = Code(
    "COA04", Severity.ERROR,
    Label("What {name_q} would pay alone is not listed.", "Ce que paierait {name_q} de son côté n'est pas indiqué."),
    Label("A cost that is not listed is that of its cheapest parts: each member alone must have one.",
          "Un coût absent est celui de ses parties les moins chères : chaque membre doit avoir le sien."),
    Label("Add a row with {name_q} alone.", "Ajoutez une ligne avec {name_q} seul."),
)  # fmt: skip
COALITIONS_COMPLETED = Code(
    "COA05", Severity.WARNING,
    Label("Coalitions that are not listed: {count} of {all}.", "Regroupements non indiqués : {count} sur {all}."),
    Label("A gain is taken to be what the best listed parts add up to, a cost the cheapest ones.",
          "Un gain est alors la somme des meilleures parties indiquées, un coût celle des moins chères."),
    Label("List them if they would reach more together.", "Indiquez-les s'ils atteindraient mieux ensemble."),
)  # fmt: skip
NO_PLAYERS = Code(
    "COA06", Severity.ERROR,
    Label("Nobody can share here, or somebody would count twice.",
          "Personne n'a rien à partager ici, ou quelqu'un compterait deux fois."),
    Label("Who shares is a member with an activity, a need, an offer or a link, in one group at most.",
          "Partage un membre qui a une activité, un besoin, une ressource ou un échange, dans un seul groupe."),
    Label("Say who are members in the sheet Actors, or name others with --by.",
          "Indiquez les membres dans la feuille Acteurs, ou nommez-en d'autres avec --by."),
)  # fmt: skip
RULE_UNKNOWN = Code(
    "COA07", Severity.ERROR,
    Label("The rule {name_q} cannot be used here.", "La règle {name_q} n'est pas utilisable ici."),
    Label("Here there are {known}.", "Ici, il y a {known}."),
    Label("Choose one of these.", "Choisissez l'une d'elles."),
)  # fmt: skip
PLAYERS_OF_THE_SHEET = Code(
    "COA08", Severity.ERROR,
    Label("{name_q} cannot be used here.", "{name_q} n'est pas utilisable ici."),
    Label("Who shares is what the sheet {sheet_q} says.", "C'est la feuille {sheet_q} qui dit qui partage."),
    Label("Leave out {name_q}, or take the sheet away.", "Omettez {name_q}, ou retirez la feuille."),
)  # fmt: skip
NO_PLAYER = Code(
    "COA09", Severity.ERROR,
    Label("No actor and no group is called {name_q}.", "Aucun acteur ni groupe ne s'appelle {name_q}."),
    Label("Who shares must be one that the sheet Actors names.",
          "Ceux qui partagent doivent figurer dans la feuille Acteurs."),
    Label("Correct the name after --by.", "Corrigez le nom après --by."),
)  # fmt: skip

VALUE_UNKNOWN = Code(
    "COA10", Severity.ERROR,
    Label("{name_q} cannot be shared.", "{name_q} ne se partage pas."),
    Label("What is shared is the players' own accounts or, with --value, an objective counted in money: value_kept, "
          "cost or waste.",
          "Ce qu'on partage, ce sont les comptes des membres ou, avec --value, un objectif compté en monnaie : "
          "valeur_conservée_sur_le_territoire, coût ou rejets."),
    Label("Give one of these to --value, or leave it out.", "Donnez l'un d'eux à --value, ou retirez l'option."),
)  # fmt: skip

CODES = codes_in(globals())
