"""From raw tables to a chain: typed rows, resolved names, whole-chain checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from filiere.chain.read import problems_of, read_chain

__all__ = ["problems_of", "read_chain"]


def __getattr__(name: str) -> Any:
    """Import what is read from here when it is first asked for: the carriers alone stay light."""
    if name in __all__:
        from filiere.chain import read

        return getattr(read, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
