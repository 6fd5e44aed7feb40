"""What a look at the whole chain finds before any calculation: needs out of reach, recipes that cannot be right,
figures that contradict each other. Each kind of check is one file beside this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from filiere.chain.chain import Chain, Product
from filiere.chain.check.circles import check_circles
from filiere.chain.check.figures import check_figures
from filiere.chain.check.hanging import check_hanging
from filiere.chain.check.ignored import check_ignored
from filiere.chain.check.loops import check_loops
from filiere.chain.check.reach import check_reach
from filiere.chain.check.recipes import check_recipes, sheet_of
from filiere.chain.check.repeats import check_repeats
from filiere.chain.check.uses import check_uses
from filiere.chain.check.wholes import check_wholes
from filiere.language import Label, listed
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.schema import tables as t
from filiere.schema import words as w

_NAMED_ONE_BY_ONE = 4
"""More unused products than this are told in one message: a list that came with the template."""


def check(chain: Chain, complete: bool = True) -> list[Problem]:
    """Return what is wrong or doubtful with the chain as a whole.

    Without ``complete`` some rows were refused before: what would only say that something is missing is left out.
    """
    if not complete:
        return [*check_ignored(chain), *check_repeats(chain), *check_figures(chain)]
    if not (chain.links or chain.processes or chain.needs):
        return [_nothing_yet(chain)]
    return [
        *_no_need(chain),
        *_spared_without_today(chain),
        *check_reach(chain),
        *check_recipes(chain),
        *check_uses(chain),
        *check_hanging(chain),
        *check_wholes(chain),
        *check_loops(chain),
        *check_circles(chain),
        *_unused_products(chain),
        *check_ignored(chain),
        *check_repeats(chain),
        *check_figures(chain),
    ]


def refused(chain: Chain, complete: bool = True) -> list[Problem]:
    """Return what is wrong, and perhaps some of what is doubtful: what :func:`check` looks at beside it is left out."""
    if not complete or not (chain.links or chain.processes or chain.needs):
        return []
    return [*_spared_without_today(chain), *check_recipes(chain)]


def _nothing_yet(chain: Chain) -> Problem:
    sheets = {row.table.key: sheet_of(chain, row) for row in (t.ActorRow, t.NeedRow, t.ProcessRow, t.LinkRow)}
    return say.NOTHING_YET.at(chain.sheets.get("links"), **sheets)


def _no_need(chain: Chain) -> Iterator[Problem]:
    """Report that nothing says what the chain is for: it can be read, and its plan moves hardly anything."""
    if not chain.needs:
        yield say.NO_NEED.at(chain.sheets.get("needs"), needs=sheet_of(chain, t.NeedRow))


def _spared_without_today(chain: Chain) -> Iterator[Problem]:
    """Report settings that leave nobody worse off than today where nothing is known of today."""
    if chain.has_today:
        return
    for name in ("nobody_worse_off", "no_member_worse_off"):
        if getattr(chain.settings, name) is w.YesNo.YES:
            yield say.SPARED_WITHOUT_TODAY.at(chain.settings.at(name))


def unused_products(chain: Chain) -> list[Product]:
    """Return the products that nothing makes, delivers, offers, needs or stores."""
    used = {link.product for link in chain.links}
    used.update(offer.product for offer in chain.offers)
    used.update(product for _, product in chain.storages)
    used.update(link.uses.product for link in chain.links if link.uses)
    used.update(stock.uses.product for stock in chain.storages.values() if stock.uses)
    for need in chain.needs:
        used.update((need.product, need.returns or need.product))
    for process in chain.processes.values():
        used.update(process.takes)
        used.update(process.outputs)
    return [product for name, product in chain.products.items() if name not in used]


def _unused_products(chain: Chain) -> Iterator[Problem]:
    unused = unused_products(chain)
    if len(unused) > _NAMED_ONE_BY_ONE:
        yield _unused(unused)
    else:
        for product in unused:
            yield _unused([product])


def _unused(products: list[Product]) -> Problem:
    cell = products[0].row.at("product")
    names = [product.name for product in products]
    if len(names) <= _NAMED_ONE_BY_ONE:
        return say.PRODUCT_UNUSED.at(cell, names=names)
    # A template's own products are dozens: a few names are enough to tell what these rows are.
    first, more = names[:_NAMED_ONE_BY_ONE], len(names) - _NAMED_ONE_BY_ONE
    others = Label("1 other", "1 autre") if more == 1 else Label(f"{more} others", f"{more} autres")
    return say.PRODUCT_UNUSED.at(cell, names=Label(*(listed([*first, others.to(each)], each) for each in ("en", "fr"))))
