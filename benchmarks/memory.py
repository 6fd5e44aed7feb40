"""The most memory that a solve takes beside the same arrays handed to HiGHS, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filiere.chain.chain import Chain

_OURS = """
import sys
from benchmarks.location import location
from benchmarks.solving import cheapest
from benchmarks.synthetic import synthetic
from filiere.solver.solve import solve
solve(eval(sys.argv[1]))
from benchmarks.memory import peak
print(peak())
"""

_DIRECT = """
import sys
import numpy as np
from benchmarks.direct import pass_and_run
pass_and_run(dict(np.load(sys.argv[2])))
from benchmarks.memory import peak
print(peak())
"""


def peak() -> float:
    """The most memory this process has held, in MiB; on Linux, without what the process that started it held."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(flows: int) -> Iterator[str]:
    """Peak memory of both, the interpreter and the libraries included."""
    from benchmarks.solving import cheapest
    from benchmarks.synthetic import synthetic

    what = f"{flows:,} flows, one objective: peak memory (MiB)"
    yield beside(what, cheapest(synthetic(flows)), f"cheapest(synthetic({flows}))")


def beside(what: str, chain: Chain, made: str) -> str:
    """Return a line on the peak memory of a chain that this Python makes, beside that of its arrays."""
    import numpy as np

    from benchmarks.direct import arrays
    from filiere.solver.programme.compile import compiled

    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "arrays.npz"
        np.savez(kept, **arrays(compiled(chain)))
        ours, direct = _peak(_OURS, made, kept), _peak(_DIRECT, made, kept)
    return f"| {what} | {ours:.0f} | {direct:.0f} | {ours / direct:.2f} × as much |  |"


def _peak(code: str, made: str, kept: Path) -> float:
    done = subprocess.run([sys.executable, "-c", code, made, str(kept)], capture_output=True, text=True, check=True)
    return float(done.stdout)
