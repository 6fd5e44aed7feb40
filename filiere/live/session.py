"""What is known of a workbook by now: its problems, the last good plan, and what is being worked out."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filiere.language import LANGUAGES, Language, readable
from filiere.live.follow import POLL, Follower
from filiere.live.work import Hand, Task, Told, Worker


@dataclass
class State:
    """What the page shows. ``status``: reading, solving, finishing, ready, problems, none, fault."""

    version: int = 0
    status: str = "reading"
    language: Language = "en"
    scenario: str = "reference"
    scenarios: list[str] = field(default_factory=lambda: ["reference"])
    problems: list[dict[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    plan: bytes | None = None
    results: bytes | None = None
    plan_version: int = 0
    made: str = ""
    stale: bool = False
    """Whether the plan is of an earlier content of the workbook."""


class Session:
    """Follows one workbook: every save starts the work over, and whoever waits is told."""

    def __init__(self, path: Path, scenario: str, language: Language | None, spoken: Language) -> None:
        self.path, self.language = path, language
        self.state = State(scenario=scenario, language=language or spoken)
        self._told = threading.Condition()
        self._asked, self._over = threading.Event(), threading.Event()
        self._turn = 0
        self._worker = Worker()
        self._follower = Follower(path)

    def start(self) -> None:
        """Follow the workbook from now on."""
        threading.Thread(target=self._follow, daemon=True).start()

    def stop(self) -> None:
        """Follow no more; what is under way ends at once."""
        self._over.set()
        self._follower.stop()
        self._worker.close()

    def shown(self) -> dict[str, Any]:
        """Return the state as the page reads it."""
        with self._told:
            state = self.state
            return {
                "version": state.version, "status": state.status, "language": state.language,
                "scenario": state.scenario, "scenarios": list(state.scenarios), "problems": list(state.problems),
                "lines": list(state.lines), "plan": state.plan_version, "made": state.made, "stale": state.stale,
                "results": state.results is not None, "workbook": readable(self.path.name),
            }  # fmt: skip

    def wait(self, version: int, patience: float) -> int:
        """Wait until there is more to see than ``version``, for so many seconds at most; return what there is."""
        with self._told:
            self._told.wait_for(lambda: self.state.version != version, patience)
            return self.state.version

    def change(self, scenario: str | None, language: str | None) -> bool:
        """Show another scenario or language; False for one that there is not."""
        with self._told:
            if scenario is not None and scenario not in self.state.scenarios:
                return False
            chosen = next((one for one in LANGUAGES if one == language), None)
            if language is not None and chosen is None:
                return False
            self.state.scenario = scenario or self.state.scenario
            self.language = chosen or self.language
        self._asked.set()
        return True

    def _follow(self) -> None:
        while not self._over.is_set():
            if self._follower.changed(POLL) or self._asked.is_set():
                self._asked.clear()
                self._begin()

    def _begin(self) -> None:
        self._turn += 1
        with self._told:
            task = Task(self.path, self.state.scenario, self.language)
        self._say(status="reading", stale=self.state.plan is not None, results=None, lines=[])
        hand = self._worker.ask(task)
        threading.Thread(target=self._listen, args=(hand, self._turn), daemon=True).start()

    def _listen(self, hand: Hand, turn: int) -> None:
        try:
            while (told := hand.next_report()) is not None:
                if turn != self._turn:
                    return
                self._note(told)
        except (EOFError, OSError):
            if turn == self._turn and not self._over.is_set():
                self._say(status="fault")

    def _note(self, told: Told) -> None:
        facts = told.facts
        if told.kind == "problems":
            errors = any(problem["severity"] == "error" for problem in facts["problems"])
            status = "problems" if errors else "solving"
            self._say(status=status, language=told.language, **facts)
        elif told.kind == "none":
            self._say(status="none", lines=facts["lines"])
        else:
            status = "finishing" if told.kind == "plan" else "ready"
            made = time.strftime("%H:%M:%S")
            self._say(
                status=status, plan=facts["page"], results=facts.get("results"), made=made, stale=False,
                plan_version=self.state.plan_version + 1,
            )  # fmt: skip

    def _say(self, **news: Any) -> None:
        with self._told:
            for name, value in news.items():
                setattr(self.state, name, value)
            self.state.version += 1
            self._told.notify_all()
