"""The chain: what the workbook says once every name is resolved, every unit converted, every default filled in.

Quantities are for the whole year, in the product's unit. Every element keeps the row it came from, and
with it the cell of each figure. Names are spelled as in the sheet that declares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from filiere.chain.derived.observed import Observed
from filiere.chain.derived.pooled import Option, Use
from filiere.problems import Cell, Problem
from filiere.schema import tables as t
from filiere.schema import words as w


@dataclass(frozen=True)
class Period:
    """A period and its share σ_t of the year (the shares sum to 1)."""

    name: str
    share: float
    row: t.PeriodRow | None = None


@dataclass(frozen=True)
class Calendar:
    """How a yearly quantity X falls on the periods: X_t = X · weights[t].

    The weights are φ_t (spread), σ_t·φ_t (availability), σ_t (no calendar), or 1 in one period and 0 in the
    others (a row that holds in that period only). ``weights`` is None for ``free``: only the year's total binds.
    """

    weights: tuple[float, ...] | None
    name: str | None = None
    period: str | None = None
    """The one period in which the row holds, where it names one."""

    @property
    def free(self) -> bool:
        """Whether only the year's total binds."""
        return self.weights is None


@dataclass(frozen=True)
class Actor:
    """An actor; ``weight`` is w_a, ``inside`` says whether its flows balance.

    ``least_surplus`` is what its receipts less its outlays must reach, None where nothing is asked of them;
    ``may_transfer``: whether it may pay others so that theirs do.
    """

    name: str
    perimeter: w.Perimeter
    sector: w.Sector
    groups: tuple[str, ...]
    weight: float
    budget: w.Budget
    reserve: float
    place: str | None
    latitude: float | None
    longitude: float | None
    row: t.ActorRow
    least_surplus: float | None = None
    may_transfer: bool = False

    @property
    def inside(self) -> bool:
        """Members and locals are inside."""
        return self.perimeter.inside


@dataclass(frozen=True)
class Product:
    """A product; ``price`` is π_p as typed (0 where blank), ``value`` is π°_p, ``kg`` is m_p (0 for services).

    ``kg`` is None where the mass is unknown; that is an error where mass is needed.
    """

    name: str
    unit: str
    price: float
    value: float
    kind: w.ProductKind
    kg: float | None
    criticality: float
    may_discard: bool
    discard_cost: float
    labels: tuple[str, ...]
    family: str | None
    stage: str | None
    row: t.ProductRow
    shelf_life: int | None = None
    """How many periods it keeps in store; None: any length of time."""

    @property
    def secondary(self) -> bool:
        """By-products, waste, returned or re-used items."""
        return self.kind is w.ProductKind.SECONDARY

    @property
    def service(self) -> bool:
        """No mass, cannot be stored."""
        return self.kind is w.ProductKind.SERVICE


@dataclass(frozen=True, kw_only=True)
class Process:
    """An activity of one actor. ``investment`` is the yearly annuity; ``capacity`` None means no limit.

    ``inputs`` and ``outputs`` are per unit of level; a product that is used and comes back is in both.
    """

    name: str
    actor: str
    status: w.ProcessStatus
    capacity: float | None
    minimum: float
    today: float | None
    unit_cost: float
    fixed_cost: float
    investment: float
    expansion_max: float | None
    expansion_cost: float
    local_share: float | None
    whole: bool
    jobs: float
    co2: float
    calendar: Calendar
    inputs: Mapping[str, float]
    outputs: Mapping[str, float]
    measures: Mapping[str, float]
    row: t.ProcessRow
    recipe: tuple[t.RecipeRow, ...] = ()
    whole_each_period: bool = False
    """Whether the level of each period is a whole number; ``whole`` asks it of the year alone."""
    minimum_load: float | None = None
    """The share of its existing capacity under which it does not run in a period."""
    requires: tuple[tuple[str, str], ...] = ()
    """Candidates without which it is not opened."""
    choices: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    """Label → the inputs that stand in for each other; they are not among ``inputs``."""
    delays: Mapping[str, int] = field(default_factory=dict)
    """Output → how many periods after the run it comes, where that is not at once."""
    serves: bool = False
    """Whether it only serves a need on a family by a mix of its products: nobody runs it."""

    @property
    def key(self) -> tuple[str, str]:
        """(process, actor): what makes it unique."""
        return (self.name, self.actor)

    @property
    def takes(self) -> tuple[str, ...]:
        """Every product that it may take in, those of its choices included."""
        options = (option.product for some in self.choices.values() for option in some)
        return tuple(dict.fromkeys((*self.inputs, *options)))

    @property
    def candidate(self) -> bool:
        """Opened or not as a whole."""
        return self.status is w.ProcessStatus.CANDIDATE

    @property
    def opened(self) -> bool:
        """A candidate that is opened for sure."""
        return self.status is w.ProcessStatus.OPENED

    @property
    def scalable(self) -> bool:
        """Existing capacity plus an expansion."""
        return self.status is w.ProcessStatus.SCALABLE


@dataclass(frozen=True)
class Link:
    """One pair that can trade one product: the row itself, or one pair of a wildcard or group row.

    ``maximum``, ``minimum``, ``today`` are the row's quantities (the period's own where ``period`` is set).
    ``periods`` are the periods in which goods may flow over it. ``step`` numbers the price steps of one pair,
    product and period, from 0.
    """

    from_: str
    to: str
    product: str
    maximum: float | None
    minimum: float
    today: float | None
    price: float
    transport_cost: float
    loss: float
    co2: float
    distance: float
    period: str | None
    periods: tuple[str, ...]
    candidate: bool
    fixed_cost: float
    measures: Mapping[str, float]
    row: t.LinkRow
    step: int = 0
    labels: tuple[str, ...] | None = None
    """Marks of its own, in place of the product's; None where it has none to say."""
    multiple: float | None = None
    """It carries a whole number of lots of this size."""
    uses: Use | None = None
    round: str | None = None
    """Candidates of one round are opened together; each row has its part of the round's one fixed cost."""
    round_maximum: float | None = None
    """The most that the whole round carries, in kg where the units of its rows differ."""

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """(from, to, product, period or '', step): what makes it unique."""
        return (self.from_, self.to, self.product, self.period or "", self.step)


@dataclass(frozen=True)
class Offer:
    """What an actor can supply without making it; ``maximum`` None means no limit."""

    actor: str
    product: str
    maximum: float | None
    unit_cost: float
    calendar: Calendar
    measures: Mapping[str, float]
    row: t.OfferRow
    labels: tuple[str, ...] | None = None
    """Marks of what is sold out of it by an outside actor, where the link has none of its own."""


@dataclass(frozen=True)
class Need:
    """What one actor finally uses or can sell; ``quantity`` None (an outlet) means no limit."""

    actor: str
    product: str
    quantity: float | None
    calendar: Calendar
    obligation: w.Obligation
    revenue: float
    importance: float
    returns: str | None
    returned: float
    measures: Mapping[str, float]
    row: t.NeedRow
    typed_revenue: float | None = None
    """The revenue where its cell is filled in: a typed 0 earns nothing, a blank one is unknown."""


@dataclass(frozen=True)
class Storage:
    """What an actor keeps of a product. ``initial`` None: the year's end is its start."""

    actor: str
    product: str
    capacity: float | None
    loss: float
    cost: float
    initial: float | None
    final: float | None
    row: t.StorageRow
    uses: Use | None = None


@dataclass(frozen=True)
class Funding:
    """Who can fund whom. ``weight`` is the money's dependency weight; ``processes`` the tied activities."""

    funder: str
    actor: str
    maximum: float | None
    minimum: float
    today: float | None
    kind: w.FundingKind | str
    processes: tuple[tuple[str, str], ...]
    unit_amount: float | None
    weight: float
    row: t.FundingRow


@dataclass(frozen=True)
class Objective:
    """One objective of one rank. ``measure`` is the name of a measure where ``kind`` is None."""

    rank: int
    kind: w.Objective | None
    measure: str | None
    direction: w.Direction
    weight: float
    tolerance: float
    tolerance_amount: float
    row: t.ObjectiveRow | None = None

    @property
    def key(self) -> str:
        """The English key used in ``--json``: ``dependency_upstream``, or ``measure: NAME``."""
        return self.kind.key if self.kind else f"measure: {self.measure}"


@dataclass(frozen=True)
class Scope:
    """What a limit sums: None means all; a set holds the resolved names."""

    sellers: frozenset[str] | None
    buyers: frozenset[str] | None
    products: frozenset[str] | None
    processes: frozenset[tuple[str, str]] | None
    period: str | None
    label: str | None = None
    """The label that ``products`` stands for: a link counts as its own labels say, where it has any."""
    only: str | None = None
    """The one product of a rule that is repeated for each product."""

    def takes(self, link: Link, product: Product) -> bool:
        """Return whether what a link delivers is among the products in scope."""
        if self.only is not None and product.name != self.only:
            return False
        if self.label is None or link.labels is None:
            return self.products is None or product.name in self.products
        return self.label in link.labels


@dataclass(frozen=True)
class Limit:
    """One side condition. ``of`` holds the products its share is of, None for those of its scope."""

    name: str
    measure: w.LimitMeasure | str
    scope: Scope
    sense: w.Comparison
    value: float
    basis: w.LimitBasis
    of: frozenset[str] | None
    row: t.LimitRow
    of_label: str | None = None
    """The label that ``of`` stands for."""
    wished: bool = False
    """Whether it may be missed, at a cost in the objective ``rules``."""
    scale: float | None = None
    """What a miss of a wished rule is measured against, where it is known; else :meth:`size`."""

    @property
    def size(self) -> float:
        """What a miss is measured against: its scale, without one the value of an absolute rule, or 1."""
        if self.scale is not None:
            return self.scale
        return abs(self.value) or 1.0 if self.basis is w.LimitBasis.ABSOLUTE else 1.0


@dataclass(frozen=True)
class Chain:
    """One chain of one territory in one year; a value that can be printed and made by hand."""

    settings: t.SettingsValues
    periods: tuple[Period, ...]
    actors: Mapping[str, Actor]
    products: Mapping[str, Product]
    processes: Mapping[tuple[str, str], Process]
    links: tuple[Link, ...]
    offers: tuple[Offer, ...] = ()
    needs: tuple[Need, ...] = ()
    storages: Mapping[tuple[str, str], Storage] = field(default_factory=dict)
    funding: tuple[Funding, ...] = ()
    objectives: tuple[Objective, ...] = ()
    limits: tuple[Limit, ...] = ()
    scenario: str = "reference"
    warnings: tuple[Problem, ...] = ()
    sheets: Mapping[str, Cell] = field(default_factory=dict)
    """Table key → the sheet it was read from."""
    own_use: tuple[Link, ...] = ()
    """What actors use of their own this year, from and to one actor: measured, never planned."""
    observed: Observed | None = field(default=None, repr=False, compare=False)
    """This year's figures, made consistent; None where nobody worked them out."""

    def inside(self, actor: str) -> bool:
        """Return whether an actor's flows balance."""
        return self.actors[actor].inside

    @property
    def wishes(self) -> bool:
        """Whether there are rules that are held as nearly as they go."""
        grows = self.settings.growth_max is not None and self.has_today
        return grows or any(rule.wished for rule in self.limits)

    @property
    def has_today(self) -> bool:
        """Whether any of today's figures is filled in."""
        return (
            any(link.today is not None for link in (*self.links, *self.own_use))
            or any(process.today is not None for process in self.processes.values())
            or any(grant.today is not None for grant in self.funding)
        )
