"""What making today's figures consistent showed, in sentences."""

from __future__ import annotations

from filiere.analysis.today.reconciliation import GlobalTest, Reconciliation
from filiere.language import number
from filiere.report.view import View


def reconciliation_lines(view: View) -> list[tuple[str, bool]]:
    """Return the sentences, each with whether it asks for attention; none where nothing was observed."""
    found = view.result.reconciliation
    if found is None or found.method != "least-squares" or not found.figures:
        return []
    lines = [_agreement(view, found)]
    lines += [one for one in (_doubts(view, found), _open(view, found)) if one is not None]
    return lines


def _agreement(view: View, found: Reconciliation) -> tuple[str, bool]:
    if found.test is None and found.tested:
        return view.pick(
            f"Too many figures for a test of them all: the {found.tested} that were corrected most were tested one by "
            "one.",
            f"Trop de chiffres pour un test d'ensemble : les {found.tested} les plus corrigés ont été testés un à un.",
        ), False  # fmt: skip
    if found.test is None:
        return view.pick(
            "No figure of this year can be compared with another: too few are known.",
            "Aucun chiffre de cette année ne peut être recoupé par un autre : trop peu sont connus.",
        ), False  # fmt: skip
    return (_agree(view, found.test), False) if found.test.passed else (_disagree(view, found.test), True)


def _agree(view: View, test: GlobalTest) -> str:
    return view.pick(
        f"Taken together, the figures of this year agree as well as their uncertainties let one expect "
        f"({_chi_square(view, test)}).",
        f"Pris ensemble, les chiffres de cette année concordent aussi bien que leur incertitude le laisse attendre "
        f"({_chi_square(view, test)}).",
    )  # fmt: skip


def _disagree(view: View, test: GlobalTest) -> str:
    return view.pick(
        f"Taken together, the figures of this year disagree by more than their uncertainties explain "
        f"({_chi_square(view, test)}): at least one is wrong, or known less well than is said.",
        f"Pris ensemble, les chiffres de cette année s'écartent plus que leur incertitude ne l'explique "
        f"({_chi_square(view, test)}) : l'un au moins est faux, ou moins sûr qu'annoncé.",
    )  # fmt: skip


def _chi_square(view: View, test: GlobalTest) -> str:
    value, limit = (number(v, view.language, 2) for v in (test.chi_square, test.critical))
    return view.pick(
        f"chi-square {value}, {test.degrees_of_freedom} degrees of freedom, limit {limit}",
        f"khi-deux {value}, {_degrees(test)}, seuil {limit}",
    )


def _degrees(test: GlobalTest) -> str:
    count = test.degrees_of_freedom
    return f"{count} degré{'s' if count > 1 else ''} de liberté"


def _doubts(view: View, found: Reconciliation) -> tuple[str, bool] | None:
    cells = [str(figure.cell) for figure in found.figures if figure.suspicious]
    if not cells:
        return None
    count = view.counted(len(cells), ("figure", "figures"), ("chiffre", "chiffres"))
    named = ", ".join(cells[:6]) + (", …" if len(cells) > 6 else "")
    return view.pick(
        f"{count} to be checked first: {named}; see the table “Figures made consistent”.",
        f"{count} à vérifier d'abord : {named} ; voir le tableau «\u00a0Chiffres mis en cohérence\u00a0».",
    ), True  # fmt: skip


def _open(view: View, found: Reconciliation) -> tuple[str, bool] | None:
    total = len(found.unmeasured)
    if not total:
        return None
    known = sum(one.determinable for one in found.unmeasured)
    left = sum(one.lower is None for one in found.unmeasured)
    asked = view.counted(total, ("quantity was", "quantities were"), ("grandeur n'est", "grandeurs ne sont"))
    more = view.pick(
        f" The bounds of {left} of them were not worked out: too many." if left else "",
        f" Les bornes de {left} d'entre elles n'ont pas été calculées : elles sont trop nombreuses." if left else "",
    )
    text = view.pick(
        f"{asked} not observed: {known} follow{'s' if known == 1 else ''} from the others, {total - known} "
        f"{'is' if total - known == 1 else 'are'} free; see the table “Not observed”.",
        f"{asked} pas mesurée{'s' if total > 1 else ''} : {known} se dédui{'t' if known < 2 else 'sent'} des autres, "
        f"{total - known} rest{'e' if total - known < 2 else 'ent'} libre{'s' if total - known > 1 else ''} ; voir "
        "le tableau «\u00a0Non mesuré\u00a0».",
    )
    return text + more, False
