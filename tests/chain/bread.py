"""A tiny chain to vary: a farm, a mill and a shop inside, a wholesaler outside; wheat becomes flour."""

from __future__ import annotations

BREAD = {
    "Actors": """
        | actor      | perimeter | group     |
        | Farm       | member    | growers   |
        | Mill       | member    |           |
        | Shop       | local     | shops     |
        | Wholesaler | external  | merchants |""",
    "Products": """
        | product | unit | price | kind    |
        | wheat   | t    | 200   | primary |
        | flour   | t    | 500   |         |""",
    "Processes": """
        | process | actor | capacity |
        | milling | Mill  | 100      |""",
    "Recipes": """
        | process | product | input | output |
        | milling | wheat   | 1     |        |
        | milling | flour   |       | 0.8    |""",
    "Links": """
        | from | to   | product |
        | Farm | Mill | wheat   |
        | Mill | Shop | flour   |""",
    "Offers": """
        | actor | product | maximum |
        | Farm  | wheat   | 100     |""",
    "Needs": """
        | actor | product | quantity |
        | Shop  | flour   | 40       |""",
}


def bread(**sheets: str) -> str:
    """Return the tiny chain with the given sheets in place of its own, as Markdown."""
    return written({**BREAD, **sheets})


def written(sheets: dict[str, str]) -> str:
    """Return sheets as Markdown; a sheet without text is left out."""
    return "\n".join(f"## {name}\n{text}" for name, text in sheets.items() if text.strip())
