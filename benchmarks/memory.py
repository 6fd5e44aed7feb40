"""The most memory that a solve takes beside the same arrays handed to HiGHS, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_OURS = """
import sys
from benchmarks.solving import cheapest
from benchmarks.synthetic import synthetic
from filiere.solver.solve import solve
solve(cheapest(synthetic(int(sys.argv[1]))))
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
    import numpy as np

    from benchmarks.direct import arrays
    from benchmarks.solving import cheapest
    from benchmarks.synthetic import synthetic
    from filiere.solver.programme.compile import compiled

    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "arrays.npz"
        np.savez(kept, **arrays(compiled(cheapest(synthetic(flows)))))
        ours, direct = _peak(_OURS, flows, kept), _peak(_DIRECT, flows, kept)
    what, ratio = f"{flows:,} flows, one objective: peak memory (MiB)", f"{ours / direct:.2f} × as much"
    yield f"| {what} | {ours:.0f} | {direct:.0f} | {ratio} | ≤ 2.5 |"


def _peak(code: str, flows: int, kept: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code, str(flows), str(kept)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)
