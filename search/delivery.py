"""From the outbox to Elasticsearch, and the courier: a thread that delivers what an outage left behind."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from elasticsearch import Elasticsearch

from .client import PROBE_DEADLINE, WRITE_DEADLINE, SearchUnavailable, breaker, guarded
from .entries import settle, take_apart_again
from .models import IndexBuild, OutboxRow, SearchEntry, SearchEntryValue
from .names import write_alias

logger = logging.getLogger(__name__)
_local = threading.local()
BATCH = 200
COURIER_INTERVAL = 10.0  # seconds
CONFLICT = 409  # the index has a newer version: as good as delivered
# Of the index, not of the document, although Elasticsearch says 400 to both.
FOR_NOW = {"index_closed_exception", "cluster_block_exception"}


def deliver_after_commit() -> None:
    """Settle and deliver when the current transaction commits (at once when there is none)."""
    _local.is_dirty = True
    transaction.on_commit(_after_commit)


def take_apart_after_commit(words: Iterable[str]) -> None:
    """Words a term had or has, gathered for the transaction: one that it both had and has is no change."""
    _local.words = _local.__dict__.get("words", set()) ^ set(words)
    deliver_after_commit()


def _after_commit() -> None:
    """Once per transaction, however often it was asked for. Never raises: what was published is published, and whatever
    is left undone the courier does."""
    if not getattr(_local, "is_dirty", False):
        return
    _local.is_dirty = False
    try:
        take_apart_again(_local.__dict__.pop("words", set()))
        settle()
        if not settings.ELASTICSEARCH_URL:
            prune_outbox()
        elif not breaker.has_just_failed:  # publishing commits several times: the editor waits for a hang once
            deliver()
    except SearchUnavailable:
        pass  # logged by the client
    except Exception:
        logger.exception("Search was not brought up to date; the courier or `search_index update` does it")
    _local.is_dirty = False  # settling wrote entries of its own, which are delivered
    start_courier()


def prune_outbox() -> None:
    """Without Elasticsearch: rows are kept, one per thing, only where an index exists that may be used again."""
    followed = IndexBuild.objects.exclude(state=IndexBuild.State.RETIRED).values("doc_type")
    OutboxRow.objects.exclude(doc_type__in=followed).delete()
    newer = OutboxRow.objects.filter(doc_type=OuterRef("doc_type"), key=OuterRef("key"), pk__gt=OuterRef("pk"))
    superseded = OutboxRow.objects.filter(Exists(newer)).values_list("pk", flat=True)
    if pks := list(superseded):
        OutboxRow.objects.filter(pk__in=pks).delete()


def deliver(seconds: float = WRITE_DEADLINE, *, heed_breaker: bool = True) -> int:
    """Send everything that waits, within `seconds`; returns how many rows were cleared. Raises SearchUnavailable."""
    cleared = 0
    ends = time.monotonic() + seconds
    while rows := list(OutboxRow.objects.values_list("pk", "doc_type", "key")[:BATCH]):
        left = ends - time.monotonic()
        if left <= 0:
            raise SearchUnavailable("No time left to deliver the rest")
        things = {(doc_type, key) for _pk, doc_type, key in rows}
        operations, sent = _operations(things)
        if operations:
            with guarded(left, heed_breaker=heed_breaker) as client:
                _send(client, operations, sent)
        cleared += OutboxRow.objects.filter(pk__in=[pk for pk, _type, _key in rows]).delete()[0]
    return cleared


def _operations(things: Iterable[tuple[str, UUID]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The bulk request for these things, for every index that is not retired, and what each item is about."""
    by_type: dict[str, list[UUID]] = {}
    for doc_type, key in things:
        by_type.setdefault(doc_type, []).append(key)
    builds: dict[str, list[str]] = {}
    for doc_type, index in IndexBuild.objects.exclude(state="retired").values_list("doc_type", "index_name"):
        builds.setdefault(doc_type, []).append(index)
    operations: list[dict[str, Any]] = []
    sent: list[str] = []
    for doc_type, keys in by_type.items():
        if not builds.get(doc_type):
            continue  # its first rebuild will read the entries themselves
        entries = list(SearchEntry.objects.filter(doc_type=doc_type, key__in=keys))
        sources = sources_of(entries)
        for index in builds[doc_type]:
            for entry in entries:
                operations += operation(entry, sources, write_alias(index))
                sent.append(str(entry))
    return operations, sent


def operation(entry: SearchEntry, sources: dict[int, dict[str, Any]], index: str) -> list[dict[str, Any]]:
    """The lines of a bulk request for one entry: written when listed, else deleted, with its version either way."""
    meta = _written(index, entry.key, entry.version)
    if entry.is_listed:
        return [{"index": meta}, sources[entry.pk]]
    del meta["require_alias"]  # not known to deletes: _send looks first
    return [{"delete": meta}]


def lines_of(entries: QuerySet[SearchEntry], index: str) -> tuple[list[str], int]:
    """The lines of a bulk request that writes these listed entries, ordered by their ids, and the last id.

    The same as operation() makes, for a rebuild of very many: what the database keeps as JSON is passed on as it is.
    """
    texts = (Cast(name, TextField()) for name in ("body", "texts"))
    columns = ("pk", "key", "version", "audience", "sort_name", "sort_date", "axis_date")
    rows = list(entries.values_list(*columns, *texts))
    values = _values_of([row[0] for row in rows])
    lines: list[str] = []
    for pk, key, version, audience, sort_name, sort_date, axis_date, body, searched in rows:
        lines.append(json.dumps({"index": _written(index, key, version)}))
        more = _sorted_by(audience, values.get(pk, {}), sort_name, sort_date, axis_date)
        parts = (part.strip()[1:-1] for part in (body, searched, json.dumps(more)))
        lines.append(f"{{{', '.join(part for part in parts if part)}}}")
    return lines, rows[-1][0] if rows else 0


def _written(index: str, key: UUID, version: int) -> dict[str, Any]:
    return {
        "_index": index,
        "_id": str(key),
        "version": version,
        "version_type": "external_gte",
        "require_alias": True,
    }


def _sorted_by(
    audience: str, values: dict[str, list[str]], name: str, date: datetime | None, axis: datetime | None
) -> dict[str, Any]:
    """What a document has beside the entry's JSON."""
    return {
        "audience": audience,
        "values": values,
        "sort_name": name,
        "sort_date": date and date.isoformat(),
        "axis_date": axis and axis.isoformat(),
    }


def _values_of(listed: list[int]) -> dict[int, dict[str, list[str]]]:
    values: dict[int, dict[str, list[str]]] = {}
    rows = SearchEntryValue.objects.filter(entry_id__in=listed).order_by("facet", "value")
    for entry_id, facet, value in rows.values_list("entry_id", "facet", "value"):
        values.setdefault(entry_id, {}).setdefault(facet, []).append(value)
    return values


def sources_of(entries: list[SearchEntry]) -> dict[int, dict[str, Any]]:
    """Entry id → the Elasticsearch document. One query for the values of all of them."""
    values = _values_of([entry.pk for entry in entries if entry.is_listed])
    return {
        entry.pk: {
            **entry.body,
            **entry.texts,
            **_sorted_by(entry.audience, values.get(entry.pk, {}), entry.sort_name, entry.sort_date, entry.axis_date),
        }
        for entry in entries
        if entry.is_listed
    }


def _send(client: Elasticsearch, operations: list[dict[str, Any]], sent: list[str]) -> None:
    """One bulk request, searchable when it returns. An index that is gone or full is a failure; a document that
    Elasticsearch will never take is reported and given up, so that it does not hold up all others."""
    deleted_from = sorted({line["delete"]["_index"] for line in operations if "delete" in line})
    for name in deleted_from:  # a delete would make the index up
        if not client.indices.exists_alias(name=name):
            raise SearchUnavailable(f"The index behind {name} is gone")
    answer = client.bulk(operations=operations, refresh=True)
    items = [next(iter(item.values())) for item in answer["items"]]
    if len(items) != len(sent):
        raise SearchUnavailable("Elasticsearch answered for other documents than were sent")
    for thing, item in zip(sent, items, strict=True):
        status = item["status"]
        if status < 300 or status == CONFLICT or (status == 404 and item.get("result") == "not_found"):
            continue
        error = item.get("error", "")
        reason = str(error)[:300]
        if status == 400 and not (isinstance(error, dict) and error.get("type") in FOR_NOW):
            logger.error("Elasticsearch refuses %s for good: %s", thing, reason)
        else:
            raise SearchUnavailable(f"Elasticsearch did not take {thing}: {status} {reason}")


class Courier:
    """A daemon thread per web process that looks every few seconds whether something waits, and delivers it."""

    def __init__(self, interval: float = COURIER_INTERVAL) -> None:
        self.interval = interval
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._stop.clear()
                self._thread = threading.Thread(target=self._run, name="search-courier", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def step(self) -> None:
        """One look: recompute what is stale, deliver what waits, build indexes that are missing. Never raises."""
        try:
            settle()
            if settings.ELASTICSEARCH_URL:
                self._bring_up_to_date()
        except SearchUnavailable:
            pass  # logged by the client; the next look tries again
        except DatabaseError:
            logger.warning("The search courier could not read the database", exc_info=True)
        except Exception:
            logger.exception("The search courier failed")

    def _bring_up_to_date(self) -> None:
        """Raises SearchUnavailable. A short question first: while the server hangs, the next look comes soon."""
        from .indexing import build_missing  # imports this module

        with guarded(PROBE_DEADLINE, heed_breaker=False) as client:
            client.info()
        try:
            self._deliver()
        except SearchUnavailable:
            if not build_missing():  # a lost index may be why
                raise
            self._deliver()
        else:
            build_missing()

    def _deliver(self) -> None:
        if OutboxRow.objects.exists():
            deliver(seconds=30.0, heed_breaker=False)

    def _run(self) -> None:
        breaker.is_watched = True
        while not self._stop.wait(self.interval):
            close_old_connections()
            self.step()
            connection.close()  # an idle thread holds none
        breaker.is_watched = False


courier = Courier()


def _after_fork() -> None:
    global courier
    courier = Courier(courier.interval)


os.register_at_fork(after_in_child=_after_fork)


def start_courier() -> None:
    """In web processes only: tests and other management commands must not have threads behind their backs."""
    if settings.ELASTICSEARCH_URL and _serves_the_web():
        courier.start()


def _serves_the_web() -> bool:
    program = os.path.basename(sys.argv[0]) if sys.argv else ""
    if program in ("manage.py", "django-admin", "__main__.py"):
        return sys.argv[1:2] in (["runserver"], ["demo"])
    return "pytest" not in program and "pytest" not in sys.modules
