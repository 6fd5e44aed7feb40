"""Write the pages that are made from the code: ``python docs/generate.py``; with ``--check``, say what is stale."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent


def main(check: bool) -> int:
    stale = []
    for name, text in {"formulation.md": formulation(), "commands.md": commands()}.items():
        path = HERE / name
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name} is stale: run python docs/generate.py")
    return bool(stale)


def formulation() -> str:
    """The programme, theme by theme: each equation's sentence, formula and symbols, from its docstring."""
    from filiere.model import closing, objectives, ranked_cost
    from filiere.model.build import EQUATIONS
    from filiere.solver.ranks import seasons

    functions: list[Callable[..., Any]] = [equation.function for equation in EQUATIONS]
    modules: dict[str, tuple[ModuleType, list[Callable[..., Any]]]] = {}
    for function in functions:
        module = inspect.getmodule(function)
        assert module is not None
        modules.setdefault(module.__name__, (module, []))[1].append(function)
    lines = [
        "# The programme, equation by equation",
        "",
        "Made from the docstrings of `filiere/model/`. An equation's name is also that of the constraint, of its dual,",
        "and of its kept text in `tests/golden/`.",
        "",
        *section("Sets", inspect.getdoc(__import__("filiere.model.index", fromlist=["index"])) or ""),
        *section("Unknowns", inspect.getdoc(__import__("filiere.model.variables", fromlist=["variables"])) or ""),
    ]
    for module, members in modules.values():
        lines += [f"## {first_line(module)}", ""]
        for member in members:
            lines += [f"### `{member.__name__}`", "", *markdown(inspect.getdoc(member) or ""), ""]
    lines += ["## What is minimised", ""]
    ranked = {**{kind.key: f for kind, f in objectives.NAMED.items()}, **objectives.CIRCULARITY, **ranked_cost.RANKED}
    for name, member in ranked.items():
        lines += [f"### `{name}`", "", *markdown(inspect.getdoc(member) or ""), ""]
    lines += [
        "## How ranks are held",
        "",
        *(inspect.getdoc(__import__("filiere.solver.ranks.rank", fromlist=["rank"])) or "").splitlines()[2:],
        "",
        "## Closing ranks",
        "",
        "Every rank that was given a tolerance is minimised once more, before waste and change; then, in this order:",
        "",
    ]
    lines += [f"- `{name}` – {first_line(f)}" for name, f in closing.CLOSING.items()]
    lines += ["", f"{inspect.getdoc(seasons)}"]
    return "\n".join(lines).rstrip() + "\n"


def section(title: str, text: str) -> list[str]:
    return [f"## {title}", "", *markdown(text), ""]


def first_line(module: ModuleType | Callable[..., Any]) -> str:
    return (inspect.getdoc(module) or "").splitlines()[0].rstrip(".")


def markdown(text: str) -> list[str]:
    """Turn the little reStructuredText of the docstrings into Markdown: formulas, inline formulas, tables."""
    lines: list[str] = []
    formula = False
    header = 0
    for line in text.splitlines():
        if line.startswith(".. math::"):
            rest = line.removeprefix(".. math::").strip()
            lines += ["$$", rest] if rest else ["$$"]
            formula = True
        elif formula and (line.startswith("    ") or not line):
            if line:
                lines.append(line.strip())
            elif lines[-1] != "$$":
                lines += ["$$", ""]
                formula = False
        elif re.fullmatch(r"=+( =+)+", line):
            header = 1 if header == 0 else 0 if header == 3 else header + 1
            if header == 2:
                lines.append("|" + "---|" * len(line.split()))
                header = 3
            widths = [len(part) for part in line.split()]
        elif header:
            lines.append("| " + " | ".join(cells(line, widths)) + " |")
        else:
            lines.append(line)
    # Only now: the columns of a table are where the docstring has them, marks included.
    text = re.sub(r":math:`([^`]+)`", r"$\1$", "\n".join([*lines, "$$"] if formula else lines))
    return re.sub(r":func:`~?([^`]+)`", r"`\1`", text).replace("``", "`").split("\n")


def cells(line: str, widths: list[int]) -> list[str]:
    """Split a line of a table at its columns; a word that reaches past the end of its own is kept whole."""
    parts, start, edge = [], 0, -1
    for i, width in enumerate(widths):
        edge += width + 1
        end = len(line) if i == len(widths) - 1 else max(start, min(edge, len(line)))
        if 0 < end < len(line) and line[end - 1] != " " != line[end]:
            begun = line.rfind(" ", 0, end) + 1
            # Behind two spaces the word begins the next column, too early; else it ends this one, too late.
            later = line.find(" ", end)
            end = begun if begun > start and line[:begun].endswith("  ") else len(line) if later < 0 else later
        parts.append(line[start:end].strip())
        start = end
    return parts


def commands() -> str:
    """Every command's own help, in both languages."""
    import os
    import subprocess

    from filiere.commands import COMMANDS

    lines = ["# Commands", "", "What each command says of itself (`--help`)."]
    for name in ("", *COMMANDS):
        lines += ["", f"## filiere {name}".rstrip(), ""]
        for language in ("en", "fr"):
            arguments = [*([name] if name else []), "--lang", language, "--help"]
            code = "from filiere.commands import main; main()"
            said = subprocess.run(
                [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True,
                env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}, encoding="utf-8",
            ).stdout  # fmt: skip
            lines += ["```text", said.rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
