"""See and redesign the sector chain of a territory, from Python as from the command line.

``read``, ``check``, ``run`` take a workbook; ``solve_chain`` takes a chain. Nothing heavy is imported before
it is used.
"""

from filiere.pipeline import check, read, run, solve_chain

__version__ = "0.1.0"

__all__ = ["__version__", "check", "read", "run", "solve_chain"]
