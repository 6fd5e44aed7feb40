"""Where the published cases are that may not be copied here: their tests are skipped where the folder is absent."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

HERE = Path(__file__).parent / "data"
CASES = Path(os.environ.get("FILIERE_DATA", Path(__file__).parents[3] / "shared" / "data"))


def table(case: str, name: str, **reading: Any) -> pd.DataFrame:
    """Return a table of a case kept here, or else of the folder of cases."""
    found = HERE / case / name
    return pd.read_csv(found if found.exists() else _folder(case) / name, **reading)


def published(case: str) -> dict[str, Any]:
    """Return the published figures of a case."""
    return dict(json.loads((_folder(case) / "expected.json").read_text(encoding="utf-8")))


def _folder(case: str) -> Path:
    if not (CASES / case).is_dir():
        pytest.skip(f"{case} is not here: its licence forbids a copy")
    return CASES / case
