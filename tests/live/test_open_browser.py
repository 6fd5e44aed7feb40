"""``filiere open`` as a person uses it: a real browser, saves by LibreOffice, Ctrl-C; and a hostile page beside it."""

from __future__ import annotations

import http.server
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.running import write
from tests.report.browser import BROWSER, Tab, browser
from tests.wheat import WHEAT
from tests.workbook.libreoffice import needs_libreoffice, saved_again

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no browser is installed"),
    pytest.mark.xdist_group("browser"),
]


class Following:
    """A ``filiere open`` under way and the tab that looks at it."""

    def __init__(self, process: subprocess.Popen[str], address: str, tab: Tab, book: Path) -> None:
        self.process, self.address, self.tab, self.book = process, address, tab, book

    def until(self, script: str, patience: float = 60.0) -> None:
        """Wait until a script gives true on the page."""
        end = time.monotonic() + patience
        while not self._gives(script):
            assert time.monotonic() < end, self.tab.run("document.body.innerText")
            time.sleep(0.05)

    def _gives(self, script: str) -> bool:
        try:
            return bool(self.tab.run(script))
        except AssertionError:
            return False  # the page was just left for the next


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Following]:
    folder = tmp_path_factory.mktemp("open")
    book = write(folder / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))
    process = subprocess.Popen(
        [sys.executable, "-m", "filiere", "open", str(book), "--no-browser", "--lang", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = re.search(r"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{32}", process.stdout.readline())
    assert said is not None
    with browser(folder / "browser") as tab:
        tab.call("Page.navigate", url=said[0])
        yield Following(process, said[0], tab, book)
    if process.poll() is None:
        process.kill()
        process.communicate()


READY = "document.getElementById('status')?.dataset.status === 'ready'"
STATUS = "document.getElementById('status').dataset.status"


def test_the_plan_appears_and_the_token_leaves_the_address(following: Following) -> None:
    following.until(READY)
    tab = following.tab
    history = [entry["url"] for entry in tab.call("Page.getNavigationHistory")["entries"]]
    assert "token" not in "".join([tab.run("location.href"), *history]) and tab.run("history.length") == len(history)
    assert tab.run("document.cookie") == ""  # no script reads it
    assert tab.run("!document.getElementById('plan').hidden") and tab.run("document.getElementById('stale').hidden")
    assert tab.run("fetch('/plan').then((a) => a.text()).then((t) => t.includes('Importer'))")
    assert tab.run("fetch('/results').then((a) => a.arrayBuffer()).then((b) => b.byteLength)") > 5000
    assert tab.run("document.getElementById('results').hidden") is False
    assert tab.complaints == []


@needs_libreoffice
def test_a_save_by_libreoffice_shows_its_problems_and_keeps_the_last_good_plan(
    following: Following, tmp_path: Path
) -> None:
    following.until(READY)
    tab, frame = following.tab, "document.getElementById('plan').dataset.plan"
    good = tab.run(frame)
    broken = write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60").replace("wheat | 100 |", "wheat | many |"))
    saved_again([broken], "xlsx", following.book.parent)
    following.until(f"{STATUS} === 'problems'")
    first = tab.run("document.querySelector('#problems li').innerText")
    assert "Needs!C2" in first and "“many” is not a number" in first
    assert tab.run(frame) == good and not tab.run("document.getElementById('stale').hidden")
    assert "Last good plan" in tab.run("document.getElementById('stale').innerText")
    write(following.book, WHEAT.replace("{harvest}", "45"))
    following.until(f"{READY} && {frame} !== {good!r} && document.getElementById('stale').hidden")
    assert tab.run("document.querySelectorAll('#problems li.error').length") == 0


def in_french(following: Following) -> None:
    """Choose French on the page."""
    following.until(READY)
    following.tab.run("(() => { const s = document.getElementById('language'); s.value = 'fr'; "
                      "s.dispatchEvent(new Event('change', {bubbles: true})); })()")  # fmt: skip
    following.until("document.documentElement.lang === 'fr' && " + READY)


def test_the_language_changes_by_the_page_itself(following: Following) -> None:
    in_french(following)
    assert following.tab.run("document.getElementById('status').innerText") == "À jour"


HOSTILE = """<!DOCTYPE html><meta charset="utf-8"><body><script>
const at = "{at}";
window.found = (async () => {
  const told = {};
  const tell = async (name, what) => { try { told[name] = await what(); } catch (error) { told[name] = "refused"; } };
  await tell("read", async () => (await fetch(at + "/state", {credentials: "include"})).text());
  await tell("change", async () => (await fetch(at + "/state", {method: "POST", credentials: "include",
    headers: {"X-Filiere-Token": "0".repeat(32)}, body: '{"language": "en"}'})).text());
  await fetch(at + "/state", {method: "POST", mode: "no-cors", credentials: "include", body: '{"language": "en"}'})
    .catch(() => 0);
  await tell("script", () => new Promise((good, bad) => { const s = document.createElement("script");
    s.src = at + "/state"; s.onload = () => good("ran"); s.onerror = bad; document.body.append(s); }));
  await tell("frame", () => new Promise((good) => { const f = document.createElement("iframe");
    f.src = at + "/"; f.onload = () => { try { good(f.contentDocument.body.innerText); } catch (e) { good("refused"); } };
    document.body.append(f); }));
  await tell("opened", () => new Promise((good) => { const w = window.open(at + "/"); setTimeout(() => {
    try { good(w.document.body.innerText); } catch (e) { good("refused"); } }, 300); }));
  return told;
})();
</script>"""


def test_a_hostile_page_on_another_port_reads_and_changes_nothing(following: Following) -> None:
    in_french(following)  # what it tries to change
    at = following.address.partition("/?")[0]

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(HOSTILE.replace("{at}", at).encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as hostile:
        threading.Thread(target=hostile.serve_forever, daemon=True).start()
        tab = following.tab
        tab.call("Page.navigate", url=f"http://127.0.0.1:{hostile.server_port}/")
        end = time.monotonic() + 20
        while not tab.run("!!window.found") and time.monotonic() < end:
            time.sleep(0.05)
        told = tab.run("window.found")
        hostile.shutdown()
    assert told["read"] == told["change"] == told["script"] == "refused"
    assert "wheat" not in told["frame"] and "wheat" not in told["opened"]
    tab.complaints.clear()
    tab.call("Page.navigate", url=f"{at}/")  # as a person types it: the cookie is still theirs
    following.until("document.documentElement.lang === 'fr' && " + READY)


def test_ctrl_c_ends_it_at_once(following: Following) -> None:
    following.until(READY)
    started = time.monotonic()
    following.process.send_signal(signal.SIGINT)
    _, said = following.process.communicate(timeout=20)
    assert following.process.returncode == 130 and said.count("\n") == 1 and time.monotonic() - started < 10
    following.until("/terminé|has ended/.test(document.getElementById('status').innerText)")
    assert shutil.which("pgrep") is None or not _left(following.process.pid)


def _left(parent: int) -> str:
    return subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False).stdout
