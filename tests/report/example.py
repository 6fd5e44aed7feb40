"""A small bread chain, in French and in English, with something of everything a report shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path

from filiere.analysis.today.actions import actions
from filiere.analysis.today.today import observed_chain, today
from filiere.chain.chain import Chain
from filiere.indicators.measures import measure
from filiere.result import Result
from filiere.solution.certify.certify import certify
from filiere.solver.solve import solve
from tests.sheets import chain as read

FRENCH = """
## Paramètres
| paramètre | valeur |
| --- | --- |
| nom | Filière blé-pain du Grésivaudan |
| territoire | Grésivaudan |
| langue | fr |
| habitants | 100000 |

## Périodes
| période | part |
| --- | --- |
| été | 0.4 |
| hiver | 0.6 |

## Calendriers
| calendrier | type | été | hiver |
| --- | --- | --- | --- |
| moisson | part de l'année | 1 | 0 |
| année scolaire | part de l'année | 0.25 | 0.75 |

## Acteurs
| acteur | périmètre | secteur | groupe | budget_équilibré | réserve | confiance | source |
| --- | --- | --- | --- | --- | --- | --- | --- |
| Ferme des Adrets | membre | privé | | | | mesuré | comptes 2024 |
| Ferme du Versoud | membre | privé | | | | | |
| Moulin de Pont | membre | ess | | souhaité | 5000 | | |
| Boulangerie Levain | membre | privé | | | | | |
| Fournil partagé | membre | ess | | souhaité | 0 | | |
| Cantines de la vallée | membre | public | restauration collective | | | | |
| Épicerie solidaire | membre | ess | solidarité | | | | |
| Habitants | du territoire, non membre | habitants | foyers | | | | |
| Compost Belledonne | du territoire, non membre | privé | | | | | |
| Minoterie du Nord | extérieur | privé | | | | | |
| Engrais Rhône | extérieur | privé | | | | | |
| Grossiste Métropole | extérieur | privé | | | | | |
| Moulins du Trièves | partenaire | privé | | | | | |
| Région | extérieur | public | | | | | |
| Fondation Pain | extérieur | privé | | | | | |

## Produits
| produit | unité | prix | nature | famille | maillon | coût d'élimination | peut être jeté | confiance | note |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| blé | t | 250 | ressource naturelle | céréales | production | | | | |
| engrais | t | 400 | | intrants | production | | | estimé | |
| farine | t | 600 | | céréales | transformation | | | | |
| son | t | 120 | coproduit ou réemploi | céréales | transformation | 30 | oui | | |
| pain | t | 3500 | | pain | consommation | | | | |
| pain rassis | t | 0 | coproduit ou réemploi | pain | consommation | 60 | oui | supposé | aucune pesée |
| compost | t | 40 | coproduit ou réemploi | intrants | production | | oui | | |

## Activités
| activité | acteur | capacité | cette année | coût_unitaire | coût_fixe | statut | annuité d'investissement | extension_max | coût_extension | ETP par unité | co2 | part_locale | calendrier | confiance |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| culture | Ferme des Adrets | 500 | 300 | 60 | 12000 | existant | | | | 0.01 | 300 | 0.7 | moisson | mesuré |
| culture | Ferme du Versoud | 300 | 200 | 70 | 8000 | existant | | | | 0.01 | 320 | 0.6 | moisson | |
| mouture | Moulin de Pont | 380 | 300 | 90 | 40000 | agrandissable | | 150 | 60 | 0.006 | 20 | 0.8 | | estimé |
| panification | Boulangerie Levain | 180 | 120 | 900 | 30000 | existant | | | | 0.02 | 150 | 0.9 | | |
| panification partagée | Fournil partagé | 200 | | 700 | 20000 | en projet | 25000 | | | 0.02 | 120 | 0.9 | | supposé |
| compostage | Compost Belledonne | 100 | 30 | 25 | 0 | existant | | | | 0.005 | 10 | | | |

## Entrées-sorties
| activité | produit | entrée | sortie |
| --- | --- | --- | --- |
| culture | engrais | 0.15 | |
| culture | blé | | 1 |
| mouture | blé | 1.25 | |
| mouture | farine | | 1 |
| mouture | son | | 0.25 |
| panification | farine | 0.8 | |
| panification | pain | | 1 |
| panification | pain rassis | | 0.05 |
| panification partagée | farine | 0.78 | |
| panification partagée | pain | | 1 |
| panification partagée | pain rassis | | 0.04 |
| compostage | pain rassis | 0.5 | |
| compostage | son | 0.5 | |
| compostage | compost | | 0.6 |

## Échanges
| fournisseur | client | produit | maximum | cette année | prix | coût_transport | distance | co2 | perte | source | confiance |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| Engrais Rhône | Ferme des Adrets | engrais | | 45 | 400 | 20 | 90 | 10 | | factures | mesuré |
| Engrais Rhône | Ferme du Versoud | engrais | | 30 | 400 | 20 | 90 | 10 | | factures | mesuré |
| Ferme des Adrets | Moulin de Pont | blé | | 250 | 260 | 12 | 15 | 2 | 0.01 | | |
| Ferme du Versoud | Moulin de Pont | blé | | 125 | 255 | 10 | 12 | 2 | | | estimé |
| Ferme des Adrets | Grossiste Métropole | blé | | 47.5 | 240 | | | | | | |
| Ferme du Versoud | Grossiste Métropole | blé | | 75 | 240 | | | | | | |
| Moulin de Pont | Boulangerie Levain | farine | | 40 | 620 | 15 | 20 | 2 | | | |
| Moulin de Pont | Fournil partagé | farine | | | 610 | 15 | 10 | 2 | | | supposé |
| Moulin de Pont | Grossiste Métropole | farine | | 260 | 560 | | | | | | |
| Minoterie du Nord | Boulangerie Levain | farine | | 56 | 540 | 60 | 600 | 40 | | | |
| Moulins du Trièves | Boulangerie Levain | farine | 30 | | 590 | 25 | 60 | 5 | | | |
| Moulin de Pont | Compost Belledonne | son | | 15 | 20 | 10 | 25 | 2 | | | |
| Boulangerie Levain | Compost Belledonne | pain rassis | | 6 | -10 | | 10 | 1 | | | |
| Fournil partagé | Compost Belledonne | pain rassis | | | -10 | | 10 | 1 | | | |
| Compost Belledonne | Ferme des Adrets | compost | | 18 | 40 | 5 | 10 | 1 | | | |
| Boulangerie Levain | Cantines de la vallée | pain | 60 | 30 | 3400 | 40 | 8 | 3 | | | |
| Boulangerie Levain | Habitants | pain | | 85 | 3900 | | 2 | | | | |
| Boulangerie Levain | Épicerie solidaire | pain | | 5 | 2500 | 40 | 5 | 3 | | | |
| Fournil partagé | Cantines de la vallée | pain | | | 3200 | 30 | 6 | 3 | | | |
| Fournil partagé | Épicerie solidaire | pain | | | 2400 | 30 | 6 | 3 | | | |
| Grossiste Métropole | Cantines de la vallée | pain | 70 | 60 | 2900 | 90 | 45 | 30 | | | |

## Besoins
| acteur | produit | quantité | calendrier | obligation | note |
| --- | --- | --- | --- | --- | --- |
| Cantines de la vallée | pain | 150 | année scolaire | souhaité | 1 200 repas par jour |
| Habitants | pain | 140 | | souhaité | |
| Épicerie solidaire | pain | 40 | | obligatoire | |
| Ferme des Adrets | compost | 60 | moisson | débouché | |
| Grossiste Métropole | farine | 200 | | débouché | |

## Stocks
| acteur | produit | capacité | coût | perte |
| --- | --- | --- | --- | --- |
| Ferme des Adrets | blé | 400 | 5 | 0.01 |
| Ferme du Versoud | blé | 300 | 5 | |
| Moulin de Pont | farine | 40 | 8 | |

## Financements
| financeur | acteur | maximum | cette année | nature |
| --- | --- | --- | --- | --- |
| Région | Moulin de Pont | 15000 | 15000 | subvention |
| Région | Fournil partagé | 10000 | | subvention |
| Fondation Pain | Fournil partagé | 5000 | | don |
"""


@cache
def chain() -> Chain:
    return read(FRENCH)


@cache
def result() -> Result:
    """The chain solved beside what it is today, certified and measured."""
    made = chain()
    return of(made)


def of(made: Chain) -> Result:
    """The result of a chain that has a plan."""
    solution, before = solve(made), today(made)
    assert solution.plan is not None, solution.conflict
    assert before.plan is not None
    return Result(
        chain=made,
        solution=solution,
        measures=measure(made, solution.plan),
        today_solution=before,
        today_measures=measure(observed_chain(made), before.plan),
        certificate=certify(made, solution),
        actions=actions(made, solution.plan, before.plan),
        options={"scenario": "reference", "time_limit": 60.0},
        input_path=Path("données") / "blé & pain #1.xlsx",
        sha256="5f" * 32,
        seconds={"read": 0.21, "build": 0.3, "solve": 0.12, "write": 0.4},
        versions={"filiere": "0.1.0", "xlsxwriter": "3.3.1"},
        date=dt.date(2025, 3, 14),
    )


def alone(made: Result) -> Result:
    """The same result without a today beside it."""
    return replace(made, today_solution=None, today_measures=None, actions=None)
