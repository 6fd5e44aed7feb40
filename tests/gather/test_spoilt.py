"""Spoilt files: whatever is done to them, each is either read or told with its name, and the run goes on."""

from __future__ import annotations

import random
import re
from pathlib import Path

from filiere.gather.files import sort_files

MADE = Path(__file__).parents[1] / "data" / "einvoices" / "made"
COUNT = 300


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Return a file with bytes changed, cut, doubled or put in, or with a tag taken out, renamed or closed twice."""
    kind = chance.randrange(7)
    at = chance.randrange(max(1, len(data) - 1))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    if kind == 2:
        return data[:at] + data[at : at + 200] + data[at:]
    if kind == 3:
        return data[:at] + bytes(chance.randrange(256) for _ in range(20)) + data[at:]
    tags = list(re.finditer(rb"</?[A-Za-z]+:[A-Za-z]+[^<>]*>", data))
    if not tags:
        return data[at:] + data[:at]
    tag = chance.choice(tags)
    replaced = {4: b"", 5: tag[0].replace(b":", b":x", 1), 6: tag[0] * 2}[kind]
    return data[: tag.start()] + replaced + data[tag.end() :]


def test_no_spoilt_file_stops_the_others_or_gets_lost(tmp_path: Path) -> None:
    chance = random.Random(20260901)
    sources = sorted(MADE.iterdir())
    for number in range(COUNT):
        source = chance.choice(sources)
        (tmp_path / f"{number:03d}{source.suffix}").write_bytes(spoilt(source.read_bytes(), chance))
    found = sort_files([tmp_path])
    told = " ".join(str(problem.facts.get("file", "")) + problem.message("en") for problem in found.problems)
    lost = [path.name for path in tmp_path.iterdir() if path.name not in found.read and path.name not in told]
    assert lost == []
    assert COUNT / 10 < len(found.read) < COUNT


def test_a_spoilt_pile_is_gathered_with_the_sound_ones(tmp_path: Path) -> None:
    from filiere.gather.gather import gather

    chance = random.Random(5)
    for source in sorted(MADE.iterdir()):
        (tmp_path / source.name).write_bytes(source.read_bytes())
        (tmp_path / f"spoilt {source.name}").write_bytes(source.read_bytes()[: chance.randrange(40, 400)])
    found = sort_files([tmp_path])
    sound = sort_files([MADE])
    one = gather(found.tables, "fr", invoices=found.invoices)
    other = gather(sound.tables, "fr", invoices=sound.invoices)
    assert [(flow.seller, flow.buyer, flow.product, flow.quantity) for flow in one.flows] == [
        (flow.seller, flow.buyer, flow.product, flow.quantity) for flow in other.flows
    ]
