"""From steps to decisions: both faces of a swap, a recipe with its ingredients, a project with what it alone allows.

A decision is named after its ``heads``: the steps that are chosen. What follows from them goes ``along``: what an
activity takes in and puts out, what a reseller passes on, the outlet that a supplier leaves for another, the van that
carries a delivery. Steps under
one per cent of what flows of their product, or half of a thing that is counted, are traces and decide nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from filiere.analysis.today.action import Action, Refused
from filiere.chain.chain import Chain, Process
from filiere.chain.derived.pooled import Use
from filiere.solution.accounts import Accounts, Floats
from filiere.units import is_counted

TRACE = 0.01
"""A step below this share of what flows of its product is a trace."""
HALF = 0.5
"""And so is less than this of what is counted one by one."""
MOSTLY = 0.5
"""What an activity asks for explains a change of suppliers where it is at least this share of what moves."""

Key = tuple[str, str]
"""Process and actor, or actor and product."""


@dataclass(frozen=True)
class Decision:
    """What is decided at once: the steps it is named after, and those that follow from them."""

    heads: tuple[Action, ...]
    along: tuple[Action, ...] = ()
    refused: Refused = field(default_factory=lambda: Refused("not_asked"))

    @property
    def lead(self) -> Action:
        """The step that stands for it: what is begun, else what ends, the largest first."""
        return self.heads[0]

    @property
    def more(self) -> tuple[Action, ...]:
        """The heads that begin or grow."""
        return tuple(step for step in self.heads if step.increases)

    @property
    def less(self) -> tuple[Action, ...]:
        """The heads that end or shrink."""
        return tuple(step for step in self.heads if not step.increases)

    @property
    def worth(self) -> float:
        """What is moved, in value at reference prices: the larger of its faces."""
        sides = (sum(step.worth for step in side) for side in (self.more, self.less))
        return max((*sides, 0.0))

    @property
    def own(self) -> tuple[Action, ...]:
        """The heads that its first step is told with: of one swap of suppliers, or of one actor's activities."""
        if self.lead.of_link:
            return self.heads
        return tuple(step for step in self.heads if step.process[1] == self.lead.process[1])

    @property
    def swaps(self) -> bool:
        """Whether something takes the place of something else."""
        return len({step.increases for step in self.own}) > 1


def decisions(chain: Chain, steps: Sequence[Action], after: Accounts, before: Accounts) -> tuple[
    tuple[Decision, ...], tuple[Action, ...]
]:  # fmt: skip
    """Return what has to be decided, in no order of need, and the traces, which are no decision."""
    small = [step for step in steps if _trace(chain, step, after, before)]
    folded = set(map(id, small))
    grouping = _Grouping(chain, [step for step in steps if id(step) not in folded], after)
    asked = {id(step): activity for step in small if (activity := grouping.ingredient_of(step)) is not None}
    traces = tuple(step for step in small if id(step) not in asked)
    return tuple(_with_ingredients(row, small, asked) for row in grouping.grouped()), traces


def _with_ingredients(row: Decision, small: Sequence[Action], asked: Mapping[int, Action]) -> Decision:
    """Return a decision with all that its activities take in: a menu is decided with its bread, however little."""
    own = {id(step) for step in (*row.heads, *row.along)}
    more = [step for step in small if id(step) in asked and id(asked[id(step)]) in own]
    return replace(row, along=(*row.along, *more)) if more else row


def _trace(chain: Chain, step: Action, after: Accounts, before: Accounts) -> bool:
    if step.kind in ("open", "enlarge"):
        return False
    moved = abs(step.after - step.before)
    if step.of_link:
        return _little(chain, step.names[2], moved, after, before)
    process = chain.processes[step.process]
    return bool(process.outputs) and all(
        _little(chain, product, moved * made, after, before) for product, made in process.outputs.items()
    )


def _little(chain: Chain, product: str, moved: float, after: Accounts, before: Accounts) -> bool:
    if is_counted(chain.products[product].unit) and moved < HALF:
        return True
    return moved < TRACE * max(_flowing(after, product), _flowing(before, product))


def _flowing(accounts: Accounts, product: str) -> float:
    """How much of a product is shipped or made in the year, whichever is more."""
    position = accounts.product_index.get_loc(product)
    shipped = accounts.flow_by_link[accounts.links["product"] == position].sum()
    levels: Floats = accounts.level_by_process
    made = np.array([process.outputs.get(product, 0.0) for process in accounts.chain.processes.values()])
    return float(max(shipped, made @ levels if len(made) else 0.0))


class _Grouping:
    """Gives every step a step that it follows, or none: those that follow none are heads."""

    def __init__(self, chain: Chain, steps: Sequence[Action], after: Accounts) -> None:
        self.chain = chain
        self.after = after
        self.relations = [step for step in steps if step.of_link]
        self.activities = {step.process: step for step in steps if not step.of_link}
        self.by_buyer: dict[tuple[str, str], list[Action]] = defaultdict(list)
        self.by_seller: dict[tuple[str, str], list[Action]] = defaultdict(list)
        for step in self.relations:
            seller, buyer, product = step.names
            self.by_buyer[buyer, product].append(step)
            self.by_seller[seller, product].append(step)
        self.uses: dict[tuple[str, ...], Use] = {
            (link.from_, link.to, link.product): link.uses for link in chain.links if link.uses
        }
        self.sellers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for link in chain.links:
            self.sellers[link.to, link.product].add(link.from_)
        self.swapped = {place for place, rows in self.by_buyer.items() if self._swap(place, rows)}

    def grouped(self) -> Iterator[Decision]:
        """Yield the decisions: activities and what is exchanged for them, then swaps of suppliers, then the rest."""
        heads: dict[int, list[Action]] = {}
        root: dict[int, int] = {}
        lent: list[Action] = []
        for group in (*self._activities(), *self._swaps()):
            carried = self._carried(group)
            if carried is not None:
                lent += group
                root |= {id(step): id(carried) for step in group}
                continue
            project = self._allowing(group)
            top = id(group[0]) if project is None else root[id(project)]
            heads.setdefault(top, group)
            root |= {id(step): top for step in group}
        for step in self.relations:
            if id(step) not in root:
                followed = self._followed(step)
                root[id(step)] = id(followed) if followed is not None else id(step)
        by_id = {id(step): step for step in self.relations}
        along: dict[int, list[Action]] = defaultdict(list)
        for step in self.relations:
            top = _top(root, id(step))
            if step not in heads.setdefault(top, [by_id[top]] if top in by_id else []):
                along[top].append(step)
        for step in lent:
            along[_top(root, id(step))].append(step)
        for key, group in heads.items():
            yield Decision(tuple(_ordered(group)), tuple(sorted(along[key], key=lambda s: (-s.worth, s.names))))

    def _activities(self) -> Iterator[list[Action]]:
        """Yield activities in groups: one that takes the place of another of its actor, or lives on a project."""
        groups: list[list[Key]] = []
        for key in self.activities:
            joined = [group for group in groups if any(self._together(other, key) for other in group)]
            groups = [group for group in groups if group not in joined]
            groups.append([*(other for group in joined for other in group), key])
        yield from ([self.activities[key] for key in group] for group in groups)

    def _together(self, one: Key, other: Key) -> bool:
        first, second = self.activities[one], self.activities[other]
        if one[1] == other[1] and first.increases != second.increases:
            return bool(self._makes(one) & self._makes(other))
        return self._only_by(one, other) or self._only_by(other, one)

    def _carried(self, group: Sequence[Action]) -> Action | None:
        """The delivery that most of a change of means goes to: what a lender does for it follows it."""
        if len(group) != 1 or group[0].of_link or group[0].kind not in ("start", "raise", "lower", "stop"):
            return None
        step, lender = group[0], group[0].process[1]
        made = self.chain.processes[step.process].outputs
        taken: dict[int, float] = {}
        for relation in self.relations:
            use = self.uses.get(relation.names)
            if use is None or use.carrier != lender or use.product not in made or relation.names[1] == lender:
                continue
            moved = use.quantity * (relation.after - relation.before) / made[use.product]
            taken[id(relation)] = moved
        process, asked = self.chain.processes[step.process], step.after - step.before
        # A whole trip that is not full is made for what it carries all the same.
        least = 0.0 if process.whole or process.whole_each_period else MOSTLY * abs(asked)
        if sum(taken.values()) * (1.0 if asked > 0.0 else -1.0) <= least:
            return None
        return max(
            (relation for relation in self.relations if id(relation) in taken),
            key=lambda relation: (abs(taken[id(relation)]), relation.names),
        )

    def _makes(self, key: Key) -> set[tuple[str, str]]:
        """What an activity is for: the families of what it puts out, by-products apart."""
        made = [self.chain.products[p] for p in self.chain.processes[key].outputs]
        return {(product.family or product.name, product.unit) for product in made if not product.secondary}

    def _only_by(self, project: Key, other: Key) -> bool:
        """Whether an activity begins that gets something from an opened project alone, and could from nobody else."""
        if self.activities[project].kind != "open" or self.activities[other].kind not in ("start", "open"):
            return False
        if project in self.chain.processes[other].requires:
            return True
        return any(
            bool(self._deliveries(other[1], product)) and self.sellers[other[1], product] == {project[1]}
            for product in self.chain.processes[other].inputs
            if product in self.chain.processes[project].outputs
        )

    def _deliveries(self, buyer: str, product: str) -> list[Action]:
        return [step for step in self.by_buyer[buyer, product] if step.after > 0.0]

    def _swaps(self) -> Iterator[list[Action]]:
        """Yield changes of suppliers; the same change at several customers is one."""
        groups: dict[tuple[str, frozenset[str], frozenset[str]], list[Action]] = {}
        for place in sorted(self.swapped):
            rows = self.by_buyer[place]
            more, less = (frozenset(r.names[0] for r in rows if r.increases is up) for up in (True, False))
            groups.setdefault((place[1], more, less), []).extend(rows)
        yield from groups.values()

    def _allowing(self, swap: Sequence[Action]) -> Action | None:
        """The project that a change of suppliers needs: it is opened, and nothing else makes the product there."""
        if not swap[0].of_link:
            return None
        sellers = {step.names[0] for step in swap if step.increases}
        product = swap[0].names[2]
        makers = [key for key in self.chain.processes if key[1] in sellers and self._puts_out(key, product)]
        projects = [self.activities.get(key) for key in makers]
        if len(makers) == 1 and projects[0] is not None and projects[0].kind == "open":
            return projects[0]
        return None

    def _puts_out(self, key: Key, product: str) -> bool:
        return self.chain.processes[key].outputs.get(product, 0.0) > 0.0

    def _swap(self, place: tuple[str, str], rows: Sequence[Action]) -> bool:
        """Whether a customer changes suppliers, and not only buys more or less for its activities."""
        if len({row.increases for row in rows}) < 2:
            return False
        net = sum(row.after - row.before for row in rows)
        return abs(net) < MOSTLY * max(abs(row.after - row.before) for row in rows) or not self._asks(place, net)

    def _asks(self, place: tuple[str, str], net: float) -> Action | None:
        """The activity of an actor that asks for so much more, or so much less, of a product."""
        actor, product = place
        return self._largest(actor, lambda process: process.inputs.get(product, 0.0), net)

    def _brings(self, place: tuple[str, str], net: float) -> Action | None:
        """The activity of an actor that puts out more, or less, of a product."""
        actor, product = place
        return self._largest(actor, lambda process: process.outputs.get(product, 0.0), net)

    def _largest(self, actor: str, per_level: Callable[[Process], float], net: float) -> Action | None:
        moved: list[tuple[float, Action]] = []
        for key, step in self.activities.items():
            of_level = per_level(self.chain.processes[key])
            if key[1] == actor and of_level > 0.0 and step.increases is (net > 0.0):
                moved.append((of_level * abs(step.after - step.before), step))
        return max(moved, key=lambda pair: pair[0])[1] if moved else None

    def ingredient_of(self, step: Action) -> Action | None:
        """The activity that takes a delivery in and moves as it does; None for what is made or nobody's ingredient."""
        return self._asks((step.names[1], step.names[2]), step.after - step.before) if step.of_link else None

    def _followed(self, step: Action) -> Action | None:
        """The step that a relation follows from, which nobody follows in turn: no circle can come of it."""
        seller, buyer, product = step.names
        net = step.after - step.before
        asked = self._asks((buyer, product), net)
        if asked is not None:
            return asked
        onward = self._alike(self.by_seller[buyer, product], step)
        if onward is not None:
            return onward
        made_here = self._brings((buyer, product), -net)
        if made_here is not None:
            return made_here
        instead = [row for row in self.by_buyer[buyer, product] if row.increases is not step.increases]
        if instead:
            return max(instead, key=lambda row: (row.worth, row.names))
        brought = self._brings((seller, product), net)
        if brought is not None:
            return brought
        other = [s for s in self.by_seller[seller, product] if s.increases is not step.increases]
        # An outside supplier has enough for everybody: what one customer takes less of is not for another.
        if not step.increases and other and self.chain.actors[seller].inside:
            return max(other, key=lambda s: (s.worth, s.names))
        return None

    def _alike(self, rows: Iterable[Action], step: Action) -> Action | None:
        """Of what a reseller passes on, the largest that moves the same way."""
        alike = [row for row in rows if row.increases is step.increases and row is not step]
        return max(alike, key=lambda row: (row.worth, row.names)) if alike else None


def _top(root: Mapping[int, int], start: int) -> int:
    """Follow steps to the one that follows none; goods that go round end where they began."""
    seen = [start]
    while root.get(seen[-1], seen[-1]) != seen[-1]:
        following = root[seen[-1]]
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def _ordered(group: Sequence[Action]) -> list[Action]:
    return sorted(
        group, key=lambda step: (step.kind not in ("open", "enlarge"), not step.increases, -step.worth, step.names)
    )
