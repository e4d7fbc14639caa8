"""Counts requests, and keeps what broke the contract with a command line that shows it again."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from typing import Any

# Of each operation and check; a thousand of the same say no more.
KEPT = 3


class Tally:
    def __init__(self, tokens: dict[str, str]) -> None:
        self.tokens = tokens
        self.lock = threading.Lock()
        self.turns: Counter[str] = Counter()
        self.requests = 0
        self.unsendable = 0
        self.roles: Counter[str] = Counter({role: 0 for role in tokens})
        self.statuses: dict[str, Counter[str]] = defaultdict(Counter)
        self.failures: dict[tuple[str, str], list[dict]] = defaultdict(list)
        self.failure_counts: Counter[tuple[str, str]] = Counter()
        self.sures: list[dict] = []

    def turn_of(self, role: str | None) -> None:
        self.turns[role or "nobody"] += 1

    def least_heard(self) -> str | None:
        return min(self.tokens, key=lambda role: self.turns[role], default=None)

    def answered(self, label: str, role: str | None, status: int) -> None:
        with self.lock:
            self.requests += 1
            self.roles[role or "nobody"] += 1
            self.statuses[label][f"{status // 100}xx"] += 1

    def could_not_send(self) -> None:
        with self.lock:
            self.unsendable += 1

    def sure(self, label: str, attempt: dict, response: Any) -> None:
        problem = {}
        if "json" in response.headers.get("content-type", [""])[0]:
            problem = response.json()
        self.sures.append(
            {
                "operation": label,
                "name": attempt["name"],
                "status": response.status_code,
                "code": problem.get("code") if isinstance(problem, dict) else None,
                "text": response.text[:300] if response.status_code >= 400 else "",
            }
        )

    def failed(self, label: str, role: str | None, check: str, detail: str, curl: str) -> None:
        key = (label, check)
        with self.lock:
            self.failure_counts[key] += 1
            if len(self.failures[key]) < KEPT:
                self.failures[key].append({"role": role, "detail": detail, "curl": self._without_tokens(curl)})

    def _without_tokens(self, text: str) -> str:
        for role, token in self.tokens.items():
            text = text.replace(token, f"<token of {role}>")
        return text

    def report(self, operations: list[str]) -> dict:
        return {
            "requests": self.requests,
            "unsendable": self.unsendable,
            "roles": dict(self.roles),
            "statuses": {label: dict(self.statuses[label]) for label in operations},
            "sure": self.sures,
            "failures": [
                {"operation": label, "check": check, "count": self.failure_counts[(label, check)], "examples": examples}
                for (label, check), examples in self.failures.items()
            ],
        }
