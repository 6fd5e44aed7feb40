"""A real headless browser, driven over its debugging pipe: what a page does, asks for, and looks like."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--remote-debugging-pipe",
)  # fmt: skip
_PATIENCE = 120.0


class Tab:
    """One page under way; ``requests`` and ``complaints`` are what it asked for and what it complained of."""

    def __init__(self, send: int, receive: int) -> None:
        self._send, self._receive, self._rest, self._number = send, receive, b"", 0
        self._session: str | None = None
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._loaded = False
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def open(self, path: Path, width: int = 1280, height: int = 900) -> None:
        """Open a file in a window of that size and wait until it is drawn."""
        self.size(width, height)
        self._loaded = False
        self.call("Page.navigate", url=path.resolve().as_uri())
        end = time.monotonic() + _PATIENCE
        while not self._loaded and time.monotonic() < end:
            self._handle(self._read())

    def size(self, width: int, height: int = 900) -> None:
        """Give the window a size."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def run(self, script: str) -> Any:
        """Return the value of a script, which may be a promise."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def pdf(self) -> bytes:
        """Return the page as it prints."""
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"]
        return base64.b64decode(data)

    def picture(self, whole: bool = True) -> bytes:
        """Return a picture of the page."""
        return base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"])

    def click(self, x: float, y: float) -> None:
        """Click at a point of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call the browser and return its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._send, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                found: dict[str, Any] = answer["result"]
                return found
            self._handle(answer)

    def _handle(self, event: dict[str, Any]) -> None:
        told, what = event.get("params", {}), event.get("method")
        if what == "Page.loadEventFired":
            self._loaded = True
        elif what == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif what == "Runtime.exceptionThrown":
            self.complaints.append(str(told["exceptionDetails"]))
        elif what == "Runtime.consoleAPICalled":
            self.complaints.append(str(told["args"]))
        elif what == "Log.entryAdded":
            self.complaints.append(str(told["entry"]["text"]))

    def _read(self) -> dict[str, Any]:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._receive], [], [], max(0.0, end - time.monotonic()))
            assert ready, "the browser does not answer"
            more = os.read(self._receive, 1 << 20)
            assert more, "the browser has left"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Tab]:
    """Start a browser with a profile of its own in ``folder`` and give its one tab."""
    assert BROWSER is not None
    # The browser reads commands on 3 and writes answers on 4: ours are moved out of the way first.
    pairs = [os.pipe(), os.pipe()]
    (commands, send), (receive, answers) = [[fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in pair] for pair in pairs]
    for pair in pairs:
        for end in pair:
            os.close(end)

    def wire() -> None:
        os.dup2(commands, 3)
        os.dup2(answers, 4)

    process = subprocess.Popen(
        [BROWSER, *_FLAGS, f"--user-data-dir={folder / 'profile'}", "about:blank"],
        preexec_fn=wire,  # noqa: PLW1509 - it only renumbers two pipes
        close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment(folder),
    )  # fmt: skip
    os.close(commands)
    os.close(answers)
    try:
        yield Tab(send, receive)
    finally:
        os.close(send)
        os.close(receive)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """The browser keeps what it writes in ``folder``."""
    return {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
