"""Hunt for inputs that break the reader: ``python -m tests.fuzz --minutes 20`` (needs ``pip install "filiere[fuzz]"``).

Every target gets its share of the time, guided by which code an input reaches (Atheris, libFuzzer). Prints how many
inputs were tried; what breaks a target is kept in the folder named, to become a case of ``test_found.py``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_HANG = 10
_MEMORY = 1024
_TRIED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("targets", nargs="*", default=[])
    asked.add_argument("--minutes", type=float, default=5.0)
    asked.add_argument("--found", type=Path, default=Path("build/fuzz"))
    options = asked.parse_args()
    from tests.fuzz import targets

    chosen = options.targets or list(targets.TARGETS)
    options.found.mkdir(parents=True, exist_ok=True)
    broken = 0
    for name in chosen:
        tried, failed = _run(name, options.minutes * 60 / len(chosen), options.found)
        broken += failed
        print(f"{name}: {tried} inputs tried, {'one breaks it' if failed else 'none breaks it'}", flush=True)
    return 1 if broken else 0


def _run(name: str, seconds: float, found: Path) -> tuple[int, bool]:
    from tests.fuzz import targets

    corpus = found / f"corpus-{name}"
    corpus.mkdir(exist_ok=True)
    for at, seed in enumerate(targets.seeds(name)):
        (corpus / f"seed-{at}").write_bytes(seed)
    words = found / "words"
    words.write_text("".join(f"{json.dumps(word)}\n" for word in targets.words()), "utf-8")
    with tempfile.TemporaryFile("w+") as log:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.fuzz.guided", name, str(corpus)),
                *(f"-max_total_time={seconds:.0f}", f"-timeout={_HANG}", f"-rss_limit_mb={_MEMORY}", "-max_len=20000"),
                *(f"-artifact_prefix={found / name}-", f"-dict={words}", "-print_final_stats=1"),
            ],
            stdout=log, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        log.seek(0)
        text = log.read()
    if done.returncode:
        print(text[-4000:])
    tried = _TRIED.findall(text)
    return int(tried[-1]) if tried else 0, bool(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
