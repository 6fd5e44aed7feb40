"""Settings of every test: laws are tried on the same examples on every machine, however slow it is."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "filiere", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("filiere")


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> random.Random:
    """Figures drawn for one test and one number: the same ones whichever tests ran before it."""
    return random.Random(f"{request.node.originalname} {request.param}")
