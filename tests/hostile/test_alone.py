"""Whatever a workbook holds, no command talks to the network or starts a program."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.chain.bread import bread
from tests.commands.running import write

TODAY = bread(
    Links="""
        | from | to   | product | today |
        | Farm | Mill | wheat   | 100   |
        | Mill | Shop | flour   | 80    |"""
)

_WATCHED = """
import sys

_REFUSED = ("socket.connect", "socket.bind", "socket.send", "socket.get", "urllib.", "subprocess.", "os.exec",
            "os.posix_spawn", "os.system", "os.fork")

def refuse(event, details):
    # A pair of sockets of the process's own, as an event loop makes, talks to nobody.
    if event.startswith(_REFUSED):
        raise SystemExit(f"{event} {details}")

sys.addaudithook(refuse)
from filiere.commands.exits import leave
from filiere.commands import cli
for line in sys.stdin.read().splitlines():
    sys.argv = ["filiere", *line.split("\\t")]
    try:
        leave(cli)
    except SystemExit as left:
        if left.code:
            raise SystemExit(f"{line}: {left.code}")
print("alone")
"""


# What a workbook can hold to be run or fetched when it is opened.
_LURES = {
    "xl/connections.xml": '<connections><connection id="1" type="5" refreshOnLoad="1">'
    '<dbPr connection="Provider=SQLOLEDB;Server=192.0.2.1"/></connection></connections>',
    "xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
    "xl/vbaProject.bin": "Sub Auto_Open()",
}


def test_no_command_talks_to_the_network_or_starts_a_program(tmp_path: Path) -> None:
    chain = write(tmp_path / "chain.xlsx", TODAY)
    with zipfile.ZipFile(chain, "a") as archive:
        for name, content in _LURES.items():
            archive.writestr(name, content)
    (tmp_path / "ledger.csv").write_text("Supplier;Client;Product;Quantity\nFarm;Mill;wheat;3\n", encoding="utf-8")
    commands = (
        ("new", "food", "--lang", "fr"),
        ("check", "chain.xlsx", "--annotate", "marked.xlsx"),
        ("gather", "ledger.csv", "--into", "gathered.xlsx"),
        ("solve", "chain.xlsx", "--figures", "pictures"),
        ("today", "chain.xlsx", "--method", "least-squares"),
        ("compare", "chain.xlsx"),
        ("pareto", "chain.xlsx", "--x", "cost", "--y", "dependency", "-n", "2"),
        ("explain", "chain.xlsx"),
        ("stress", "chain.xlsx"),
    )
    said = "\n".join("\t".join(command) for command in commands)
    ran = subprocess.run(
        [sys.executable, "-c", _WATCHED], check=False, input=said, capture_output=True, text=True, cwd=tmp_path
    )
    assert ran.returncode == 0 and ran.stdout.endswith("alone\n"), ran.stderr[-2000:]
    assert {"marked.xlsx", "gathered.xlsx", "pictures", "food_fr.xlsx"} <= {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("wish", "event"),
    [
        ("import socket; socket.socket().connect(('127.0.0.1', 9))", "socket.connect"),
        ("import os; os.system('true')", "os.system"),
    ],
)
def test_the_watch_sees_what_it_is_for(wish: str, event: str, tmp_path: Path) -> None:
    watched = _WATCHED.replace("for line in", f"{wish}\nfor line in")
    ran = subprocess.run(
        [sys.executable, "-c", watched], check=False, input="", capture_output=True, text=True, cwd=tmp_path
    )
    assert ran.returncode != 0 and event in ran.stderr
