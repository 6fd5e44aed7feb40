"""One chain and one plan of it, worked out by hand, that touch every kind of row a certificate checks."""

from __future__ import annotations

from filiere.chain.chain import Calendar, Chain, Objective
from filiere.schema import words as w
from filiere.solution.solution import Plan, RankValue, Solution
from tests import hand

HARVEST = Calendar((1.0, 0.0), "harvest")

GROW, GRIND, OVEN = ("growing", "Farm"), ("grinding", "Mill"), ("oven", "Shop")


def chain() -> Chain:
    """Wheat is grown in summer, ground all year, baked in a new oven; bran goes outside, the mill is aided."""
    return hand.chain(
        actors=[
            hand.actor("Farm"),
            hand.actor("Mill", budget=w.Budget.WISH, reserve=10.0),
            hand.actor("Shop", "local"),
            hand.actor("City", "external", "public"),
            hand.actor("Trader", "external"),
            hand.actor("Breeder", "external"),
        ],
        products=[
            hand.product("wheat", 200.0, "primary"),
            hand.product("flour", 400.0),
            hand.product("bran", 100.0, "secondary", discard_cost=2.0),
            hand.product("bread", 500.0),
        ],
        processes=[
            hand.process("growing", "Farm", {}, {"wheat": 1.0}, capacity=45.0, minimum=40.0, calendar=HARVEST),
            hand.process(
                "grinding", "Mill", {"wheat": 1.0}, {"flour": 0.8, "bran": 0.2}, status=w.ProcessStatus.SCALABLE,
                capacity=40.0, expansion_max=8.0, expansion_cost=20.0, unit_cost=10.0, fixed_cost=6050.0,
                local_share=0.5, jobs=0.1, co2=3.0, today=50.0, measures={"training": 2.0},
            ),
            hand.process(
                "oven", "Shop", {"flour": 1.0}, {"bread": 1.2}, status=w.ProcessStatus.CANDIDATE, capacity=60.0,
                minimum=30.0, investment=500.0, whole=True,
            ),
        ],
        shares={"summer": 0.5, "winter": 0.5},
        settings={"continuity": 0.5},
        links=[
            hand.link("Farm", "Mill", "wheat", 200.0, minimum=30.0),
            hand.link("Mill", "Shop", "flour", 400.0, transport_cost=5.0, distance=10.0, co2=1.0, today=40.0),
            hand.link("Trader", "Shop", "flour", 300.0, period="winter"),
            hand.link("Mill", "Breeder", "bran", 100.0),
            hand.link("Trader", "Mill", "wheat", 210.0, candidate=True, minimum=4.0, maximum=10.0, fixed_cost=30.0),
        ],
        offers=[hand.offer("Trader", "wheat", 20.0)],
        needs=[
            hand.need("Shop", "bread", 50.0, revenue=600.0),
            hand.need("Breeder", "bran", 10.0, "outlet"),
        ],
        storages=[hand.storage("Farm", "wheat", 100.0, loss=0.1, cost=1.0)],
        funding=(hand.funding("City", "Mill", 5000.0, minimum=100.0, unit_amount=20.0, processes=(GRIND,)),),
        objectives=[
            Objective(1, w.Objective.UNMET, None, w.Direction.MIN, 1.0, 0.0, 0.0),
            Objective(2, w.Objective.DEFICIT, None, w.Direction.MIN, 1.0, 0.0, 0.0),
            Objective(3, w.Objective.COST, None, w.Direction.MIN, 1.0, 0.05, 0.0),
        ],
        limits=(
            hand.limit("land", w.LimitMeasure.LEVEL, "<=", 40.0, processes=frozenset({GROW})),
            # 14 080 of the 14 320 that the shop pays for flour.
            hand.limit(
                "near", w.LimitMeasure.VALUE, ">=", 0.98, basis=w.LimitBasis.PURCHASES,
                sellers=frozenset({"Farm", "Mill"}), buyers=frozenset({"Shop"}),
            ),
            hand.limit("projects", w.LimitMeasure.OPENED, "=", 2.0),
        ),
    )  # fmt: skip


def plan(of: Chain | None = None) -> Plan:
    """Summer: 40 t grown, 20 ground, 20 kept. Winter: 18 of them left, 6 bought outside, 24 ground."""
    return hand.plan(
        of or chain(),
        flows={0: (20.0, 18.0), 1: (16.0, 19.2), 2: (0.0, 0.8), 3: (3.0, 4.8), 4: (0.0, 6.0)},
        levels={GROW: (40.0, 0.0), GRIND: (20.0, 24.0), OVEN: (16.0, 20.0)},
        offers={0: (0.0, 6.0)},
        served={0: (19.2, 24.0), 1: (3.0, 4.8)},
        unmet={0: (5.8, 1.0)},
        stocks={("Farm", "wheat"): (20.0, 0.0)},
        discarded={("Mill", "bran"): (1.0, 0.0)},
        grants={0: 600.0},
        # sales 14 080 + 780, own funds 10, aid 600, less wheat 7 600 + 1 260, its membership 30, grinding 440,
        # fixed 6 050, expansion 160, bran thrown away 2: 72 are missing.
        deficits={"Mill": 72.0},
        expanded={GRIND: 8.0},
        opened=[OVEN],
        used=[4],
    )


# purchases outside 240 + 1 260, sales outside 780, transport 176, membership 30, grinding 440 + 6 050 + 160,
# oven 500, wheat kept 20, bran thrown away 2, bread sold 43.2 x 600
COST = 240 + 1260 - 780 + 176 + 30 + 440 + 6050 + 160 + 500 + 20 + 2 - 25_920


def solution(found: Plan | None = None) -> Solution:
    """The plan with what its three ranks reached; cost was 5 % better before the last ranks."""
    return hand.solution(
        found or plan(),
        RankValue(1, "unmet", 3400.0, 3400.0),
        RankValue(2, "deficit", 72.0, 72.0),
        RankValue(3, "cost", COST * 1.05, COST, tolerance=0.05),
    )
