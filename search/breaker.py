"""A circuit breaker: after a few failures in a row nobody waits for a dead server; one probe at a time asks again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 2
PAUSE = 10.0  # seconds


class CircuitBreaker:
    """closed → (FAILURES failures) → open → (PAUSE) → half-open: one caller may probe → closed or open again."""

    def __init__(
        self, failures: int = FAILURES, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._retry_at = 0.0
        self._probing = False
        self.is_watched = False  # a background thread asks again and again, so nobody who waits has to probe

    @property
    def state(self) -> str:
        with self._lock:
            if self._failed < self._limit:
                return "closed"
            return "half-open" if self._probing or self._clock() >= self._retry_at else "open"

    def allows(self) -> bool:
        """May this caller try? True in the half-open state for one caller, who must report success or failure."""
        with self._lock:
            if self._failed < self._limit:
                return True
            if self.is_watched or self._probing or self._clock() < self._retry_at:
                return False
            self._probing = True
            return True

    def success(self) -> None:
        with self._lock:
            self._failed = 0
            self._probing = False

    def failure(self) -> None:
        with self._lock:
            self._failed = min(self._failed + 1, self._limit)
            self._probing = False
            self._retry_at = self._clock() + self._pause

    def reset(self) -> None:
        self.success()
