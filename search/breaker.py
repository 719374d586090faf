"""A circuit breaker: after a few failures in a row nobody waits for a dead server; one probe at a time asks again.

It also keeps a server that hangs from taking all threads of a process along: only a few callers wait at the same time,
and once one of them has waited suspiciously long the others are sent away at once instead of queueing up behind it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 2
PAUSE = 10.0  # seconds
SLOTS = 2  # callers that wait at once; production runs four threads a process, the rest stays free for other pages
SUSPICIOUS = 0.3  # seconds; a search takes some ten milliseconds, at 100,000 members too


class CircuitBreaker:
    """closed → (FAILURES failures) → open → (PAUSE) → half-open: one caller may probe → closed or open again."""

    def __init__(
        self,
        failures: int = FAILURES,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        *,
        slots: int = SLOTS,
    ) -> None:
        self._limit = failures
        self._pause = pause
        self._clock = clock
        self._condition = threading.Condition()
        self._failed = 0
        self._retry_at = 0.0
        self._probing = False
        self._slots = slots
        self._waiting: dict[object, float] = {}  # ticket → when it was given out
        self.is_watched = False  # a background thread asks again and again, so nobody who waits has to probe

    @property
    def state(self) -> str:
        with self._condition:
            if self._failed < self._limit:
                return "closed"
            return "half-open" if self._probing or self._clock() >= self._retry_at else "open"

    @property
    def has_just_failed(self) -> bool:
        """The last that was heard of it was a failure, a moment ago: who can do it later does not wait for another."""
        with self._condition:
            return self._failed > 0 and self._clock() < self._retry_at

    def allows(self) -> bool:
        """May this caller try? True in the half-open state for one caller, who must report success or failure."""
        with self._condition:
            return self._allows()

    def _allows(self) -> bool:
        if self._failed < self._limit:
            return True
        if self.is_watched or self._probing or self._clock() < self._retry_at:
            return False
        self._probing = True
        return True

    def enter(self) -> object | None:
        """A ticket to ask with, or None: do without. Who has one gives it back with leave().

        While all slots are taken it waits for one, but no longer than until a slot has been taken suspiciously long.
        """
        with self._condition:
            while len(self._waiting) >= self._slots:
                left = min(self._waiting.values()) + SUSPICIOUS - self._clock()
                if left <= 0 or self._failed >= self._limit:
                    return None
                self._condition.wait(left)
            if not self._allows():
                return None
            ticket = object()
            self._waiting[ticket] = self._clock()
            return ticket

    def leave(self, ticket: object) -> None:
        with self._condition:
            self._waiting.pop(ticket, None)
            self._condition.notify()

    def success(self) -> None:
        with self._condition:
            self._failed = 0
            self._probing = False

    def failure(self) -> None:
        with self._condition:
            self._failed = min(self._failed + 1, self._limit)
            self._probing = False
            self._retry_at = self._clock() + self._pause
            self._condition.notify_all()

    def reset(self) -> None:
        self.success()
