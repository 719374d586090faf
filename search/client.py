"""The one Elasticsearch connection of a process. Every failure, of whatever kind, is SearchUnavailable."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from elastic_transport import ApiError, TransportError
from elasticsearch import Elasticsearch

from .breaker import CircuitBreaker
from .deadline import DeadlineNode, time_limit

logger = logging.getLogger(__name__)

WRITE_DEADLINE = 1.2  # seconds an editor may wait for a delivery; what is not delivered then waits in the outbox
PROBE_DEADLINE = 1.5  # seconds in which a server that is well says hello
JOB_TIMEOUT = 60.0  # seconds per request of a rebuild, where nobody waits

# What reading an answer raises that is JSON but not Elasticsearch's.
NONSENSE = (ValueError, LookupError, TypeError, AttributeError)

breaker = CircuitBreaker()
_lock = threading.Lock()
_clients: dict[str, Elasticsearch] = {}


class SearchUnavailable(Exception):  # noqa: N818  (a state, and what callers read best)
    """Elasticsearch was not asked (circuit open) or did not give a complete, sensible answer in time."""


def client() -> Elasticsearch:
    """One per process and address, made when first needed; making it connects to nothing."""
    url = settings.ELASTICSEARCH_URL
    if not url:
        raise SearchUnavailable("ELASTICSEARCH_URL is not set")
    with _lock:
        if url not in _clients:
            try:
                _clients[url] = Elasticsearch(
                    url,
                    node_class=DeadlineNode,
                    max_retries=0,
                    retry_on_timeout=False,
                    request_timeout=JOB_TIMEOUT,
                    connections_per_node=20,
                )
            except ValueError as error:
                raise SearchUnavailable(f"ELASTICSEARCH_URL is not an address: {error}") from error
        return _clients[url]


def _forget_clients() -> None:
    """After a fork: sockets and locks belong to the parent."""
    global _lock
    _lock = threading.Lock()
    _clients.clear()
    breaker.__init__()  # type: ignore[misc]


os.register_at_fork(after_in_child=_forget_clients)


@contextmanager
def guarded(seconds: float | None = None, *, heed_breaker: bool = True) -> Iterator[Elasticsearch]:
    """A client whose requests in this block have `seconds` (SEARCH_DEADLINE) together, through the circuit breaker.

    Raises SearchUnavailable for whatever goes wrong inside with the transport or the answer. Who works in the
    background need not `heed_breaker`, and closes it when it succeeds.
    """
    ticket = breaker.enter() if heed_breaker else None
    if heed_breaker and ticket is None:
        raise SearchUnavailable("Elasticsearch failed a moment ago, or others wait for it already: left alone for now")
    try:
        with time_limit(settings.SEARCH_DEADLINE if seconds is None else seconds):
            yield client()
    except (TransportError, ApiError, SearchUnavailable, *NONSENSE, OSError) as error:
        breaker.failure()
        logger.warning("Elasticsearch is not available: %s: %s", type(error).__name__, str(error)[:300])
        raise SearchUnavailable(str(error)[:300]) from error
    except BaseException:
        breaker.failure()
        raise
    else:
        breaker.success()
    finally:
        if ticket is not None:
            breaker.leave(ticket)
