"""What is written is called: a check, a table or an equation that nothing calls would pass every other test."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
CALLED_FROM_ELSEWHERE = {
    ("filiere.model.text", "equation_text"), ("filiere.model.text", "objective_text"),  # the golden texts
    ("filiere.sector.faults", "faults"),  # what the tests ask of models/*.toml
    ("filiere.solver.plain.session", "FromNothing"),  # the route that other routes are compared with
}  # fmt: skip


def unused(trees: Mapping[str, ast.Module]) -> set[tuple[str, str]]:
    """Return module and name of the functions, classes and constants that nothing else in ``trees`` names.

    Commands are loaded by the names of their files.
    """
    taken = {pair for tree in trees.values() for pair in _taken(tree, trees)}
    return {
        (module, name)
        for module, tree in trees.items()
        for name in _alone(tree)
        if (module, name) not in taken and not (name == "command" and module.startswith("filiere.commands."))
    }


def _taken(tree: ast.Module, trees: Mapping[str, ast.Module]) -> Iterator[tuple[str, str]]:
    """Yield what a module imports by name, or asks of a module that it imports."""
    modules: dict[str, set[str]] = defaultdict(set)  # two functions may each call another module by one name
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield node.module, one.name
                modules[one.asname or one.name].add(f"{node.module}.{one.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield from ((module, node.attr) for module in modules[node.value.id])


def _alone(tree: ast.Module) -> set[str]:
    """Return the names that a module declares and that none of its other statements has."""
    named: dict[str, list[ast.stmt]] = defaultdict(list)
    declared: dict[str, ast.stmt] = {}
    for statement in tree.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                named[node.id].append(statement)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                named[node.value].append(statement)  # a type that is named before it is there
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            declared[statement.name] = statement
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            places = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            declared |= {node.id: statement for one in places for node in ast.walk(one) if isinstance(node, ast.Name)}
    return {
        name for name, statement in declared.items()
        if name != "__all__" and all(other is statement for other in named[name])
    }  # fmt: skip


def test_nothing_is_written_that_nothing_calls() -> None:
    trees = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
        for path in (ROOT / "filiere").rglob("*.py")
    }
    assert {pair for pair in unused(trees) if not pair[0].endswith("__init__")} == CALLED_FROM_ELSEWHERE


def test_a_check_that_is_written_and_never_called_is_found() -> None:
    trees = {
        "checks": ast.parse("MOST = 3\nSPARE = 4\ndef check_energy():\n    return check_energy() or MOST\ndef check():\n    pass"),
        "street": ast.parse("import checks\nfrom checks import check"),
    }  # fmt: skip
    assert unused(trees) == {("checks", "SPARE"), ("checks", "check_energy")}
