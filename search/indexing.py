"""Indexes behind aliases: rebuild without a gap, compare pages, entries and index, repair what differs.

A rebuild loses nothing: its IndexBuild row is committed before the first entry is read, and from then on every delivery
writes to the new index too. Versions decide when both write the same thing. The index that was in use before stays, so
that search/generations.py can go back to it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError

from .analysis import index_analysis
from .client import JOB_TIMEOUT, NONSENSE, SearchUnavailable, breaker, client, guarded
from .delivery import lines_of, operation, sources_of
from .documents import all_documents
from .entries import Document, refresh
from .models import IndexBuild, OutboxRow, SearchEntry
from .names import alias_name, index_name, write_alias

logger = logging.getLogger(__name__)
CHUNK = 200
WRITERS = 2  # bulk requests under way
COMPARISONS = 3  # edits made meanwhile may make counts differ for a moment
ENOUGH = 0.95  # of the documents in use a new index must have
NO_SHARDS = 503
TOO_MANY = 429
BREATHS = (0.5, 2.0, 5.0)  # seconds before a bulk request that was too much is tried again
RED_PATIENCE = 60.0  # seconds a server gets to find an index's data again, after a start for example
REFUSAL_HOLDS = 600.0  # seconds in which the courier does not try again what was refused
BUILD_PATIENCE = timedelta(minutes=2)  # how long another process's unfinished build is left alone by the courier
Progress = Callable[[int, int], None]  # (done, total)
_refused: dict[str, float] = {}  # doc_type → until when
_red_since: dict[str, float] = {}  # name of an index → since when none of its data is there


class ShrunkIndex(Exception):  # noqa: N818  (what happened, and who reads it has to decide)
    """The new index has far fewer documents than the one in use, which therefore stays."""


class BuildSuperseded(Exception):  # noqa: N818  (not an error: the newer one wins)
    """Somebody started a newer rebuild of the same type; that one wins."""


def recompute(document: Document, progress: Progress | None = None, *, force: bool = False) -> int:
    """Make every entry of this type anew from the pages; returns how many changed."""
    keys = sorted(all_keys(document))
    changed = 0
    for start in range(0, len(keys), CHUNK):
        changed += refresh(document, keys[start : start + CHUNK], force=force)
        if progress:
            progress(min(start + CHUNK, len(keys)), len(keys))
    return changed


def all_keys(document: Document) -> set[UUID]:
    entries = SearchEntry.objects.filter(doc_type=document.doc_type).values_list("key", flat=True)
    return {*document.all_keys(), *entries}


def rebuild(document: Document, progress: Progress | None = None, *, force: str = "") -> int:
    """Write a new index, switch the alias, sweep the old ones but the last; returns the number of documents.

    What another rebuild of the same definition has left unfinished is gone on with, where it stopped. Raises
    SearchUnavailable (the old alias then still answers; the next rebuild goes on), BuildSuperseded, and, without
    `force`, which is the reason why it is right, ShrunkIndex.
    """
    try:
        connected = client().options(request_timeout=JOB_TIMEOUT)
        build = _take_over(connected, document) or _start(connected, document)
        _stream(connected, document, build, progress)
        count = _settled(connected, document, build)
        if force:
            logger.warning("%s with %d documents taken into use unchecked: %s", build.index_name, count, force)
        else:
            _require_enough(connected, document, build, count)
        previous = switch(connected, document, build)
        _sweep(connected, document, build, previous)
    except (TransportError, ApiError, *NONSENSE, OSError) as error:
        raise SearchUnavailable(f"{type(error).__name__}: {str(error)[:300]}") from error
    breaker.success()
    return count


def _start(connected: Elasticsearch, document: Document) -> IndexBuild:
    """An empty index and its row. Unfinished builds of others are over from here on."""
    name = index_name(document.doc_type, timezone.now())
    connected.indices.create(
        index=name,
        mappings=document.build_mapping().to_dict(),
        settings={
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",  # until it is in use: see switch()
            # How long a delete outlives its document: an older write that comes late must not bring it back.
            "gc_deletes": "1h",
            "analysis": index_analysis(),
        },
        aliases={write_alias(name): {}},
        wait_for_active_shards="1",
    )
    with transaction.atomic():
        IndexBuild.objects.filter(doc_type=document.doc_type, state=IndexBuild.State.BUILDING).delete()
        return IndexBuild.objects.create(
            doc_type=document.doc_type,
            index_name=name,
            fingerprint=fingerprint(document),
            owner=uuid4().hex,
            before_version=_last_version(document),
        )


def _take_over(connected: Elasticsearch, document: Document) -> IndexBuild | None:
    """The unfinished build of somebody who was killed, to go on with it. Who is alive notices with the next chunk that
    it is no longer theirs. None when there is none, when it is for another definition, or its index is not well."""
    unfinished = IndexBuild.objects.filter(
        doc_type=document.doc_type, state=IndexBuild.State.BUILDING, last_entry__gt=0
    )
    build = unfinished.filter(fingerprint=fingerprint(document)).order_by("pk").last()
    if build is None or not connected.indices.exists_alias(name=write_alias(build.index_name)):
        return None
    try:
        connected.indices.refresh(index=build.index_name)
        answer = connected.count(index=build.index_name)
    except ApiError:  # closed, or its data is gone
        return None
    there = SearchEntry.objects.filter(doc_type=document.doc_type, is_listed=True, pk__lte=build.last_entry).count()
    if (
        answer["_shards"]["failed"]
        or answer["count"]
        < there - SearchEntry.objects.filter(doc_type=document.doc_type, version__gt=build.before_version).count()
    ):
        return None
    owner = uuid4().hex
    if not unfinished.filter(pk=build.pk, owner=build.owner).update(owner=owner):
        return None
    build.owner = owner
    return build


def fingerprint(document: Document) -> str:
    """Of everything that would make an index of this type another one."""
    made_from = [document.build_mapping().to_dict(), index_analysis()]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()[:32]


def _stream(connected: Elasticsearch, document: Document, build: IndexBuild, progress: Progress | None) -> None:
    """All listed entries, then those that changed meanwhile, deleted ones among them.

    While Elasticsearch works on some chunks the next one is read: both have as much to do. After each chunk that it has
    taken the build's row says so.
    """
    listed = SearchEntry.objects.filter(doc_type=document.doc_type, is_listed=True)
    total = listed.count()
    done = listed.filter(pk__lte=build.last_entry).count()
    sent: deque[tuple[int, int, Future[None]]] = deque()  # documents, id of the last entry

    def settle_first() -> int:
        number, last, future = sent.popleft()
        future.result()
        _require_building(build, last_entry=last)
        if progress:
            progress(min(done + number, total), total)
        return number

    with ThreadPoolExecutor(WRITERS, thread_name_prefix="search-rebuild") as writers:
        last, end = build.last_entry, _last_entry()
        while True:
            chunk = listed.filter(pk__gt=last, pk__lte=end).order_by("pk")[:CHUNK]
            lines, last = lines_of(chunk, write_alias(build.index_name))
            if not lines:
                break
            sent.append((len(lines) // 2, last, writers.submit(_send, connected, lines, build)))
            if len(sent) > WRITERS:
                done += settle_first()
        while sent:
            done += settle_first()
    _catch_up(connected, document, build, build.before_version)


def _catch_up(connected: Elasticsearch, document: Document, build: IndexBuild, version: int) -> None:
    for chunk in chunks(SearchEntry.objects.filter(doc_type=document.doc_type, version__gt=version)):
        write(connected, chunk, build)
    connected.indices.refresh(index=build.index_name)


def chunks(entries: Any) -> Iterator[list[SearchEntry]]:
    """By primary key: each chunk is its own short query, so no cursor stays open while Elasticsearch works.

    Entries that appear meanwhile are left to their own delivery, else busy editors could keep this going for ever.
    """
    last, end = 0, _last_entry()
    while chunk := list(entries.filter(pk__gt=last, pk__lte=end).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _last_entry() -> int:
    return SearchEntry.objects.aggregate(last=Max("pk"))["last"] or 0


def write(connected: Elasticsearch, entries: list[SearchEntry], build: IndexBuild) -> None:
    """Raises SearchUnavailable when one of them is not taken; what the index has in a newer version is left."""
    sources = sources_of(entries)
    operations = [line for entry in entries for line in operation(entry, sources, write_alias(build.index_name))]
    _send(connected, operations, build)


def _send(connected: Elasticsearch, operations: Sequence[Any], build: IndexBuild) -> None:
    """Asks the database nothing: it runs in threads. A server that is short of memory gets a little time."""
    for pause in (*BREATHS, 0.0):
        try:
            answer = connected.bulk(operations=operations)
            break
        except ApiError as error:
            if error.status_code != TOO_MANY or not pause:
                raise
            time.sleep(pause)
    for item in answer["items"]:
        result = next(iter(item.values()))
        if result["status"] >= 300 and result["status"] not in (404, 409):
            raise SearchUnavailable(f"Elasticsearch did not take {result['_id']}: {str(result.get('error'))[:300]}")
        if result["status"] == 404 and result.get("result") != "not_found":
            raise SearchUnavailable(f"The index {build.index_name} is gone")


def _require_building(build: IndexBuild, last_entry: int = 0) -> None:
    """It is still ours to build, and has got as far as `last_entry`."""
    mine = IndexBuild.objects.filter(pk=build.pk, state=IndexBuild.State.BUILDING, owner=build.owner)
    if not (mine.update(last_entry=last_entry) if last_entry else mine.exists()):
        raise BuildSuperseded(build.index_name)


def _last_version(document: Document) -> int:
    return SearchEntry.objects.filter(doc_type=document.doc_type).aggregate(last=Max("version"))["last"] or 0


def settled_count(connected: Elasticsearch, document: Document, build: IndexBuild) -> int:
    """The number of documents in the new index, equal to the entries'. Raises SearchUnavailable when it never is."""
    wanted = found = 0
    for _attempt in range(COMPARISONS):
        before = _last_version(document)
        found = connected.count(index=build.index_name)["count"]
        wanted = SearchEntry.objects.filter(doc_type=document.doc_type, is_listed=True).count()
        if found == wanted:
            return found
        _catch_up(connected, document, build, before - CHUNK)
    if OutboxRow.objects.filter(doc_type=document.doc_type).exists():
        return found  # people are publishing; what waits reaches this index like any other
    raise SearchUnavailable(f"{build.index_name} holds {found} documents instead of {wanted}; the old index stays")


def _settled(connected: Elasticsearch, document: Document, build: IndexBuild) -> int:
    """As settled_count; a build that cannot be brought to the right number is not gone on with."""
    try:
        return settled_count(connected, document, build)
    except SearchUnavailable:
        build.delete()
        raise


def _require_enough(connected: Elasticsearch, document: Document, build: IndexBuild, found: int) -> None:
    """Raises ShrunkIndex. A database that is the wrong one, or half empty, must not empty the search too."""
    try:
        in_use = int(connected.count(index=alias_name(document.doc_type))["count"])
    except ApiError:  # lost, closed or without its shards: there is nothing to protect
        return
    if found >= in_use * ENOUGH:
        return
    build.delete()
    connected.indices.delete(index=build.index_name, ignore_unavailable=True)
    raise ShrunkIndex(
        f"The new index for {document.doc_type} would have {found} documents, the one in use has {in_use}: fewer than "
        f"{ENOUGH:.0%}, so that one stays. If the new number is right: "
        f'search_index rebuild --type {document.doc_type} --force "why it is right".'
    )


def switch(connected: Elasticsearch, document: Document, build: IndexBuild) -> str:
    """One call removes and adds, so the alias never points nowhere. Deliveries know the new index already.

    Returns the name of the index that was in use before, "" when there was none.
    """
    alias = alias_name(document.doc_type)
    actions: list[dict[str, Any]] = [{"add": {"index": build.index_name, "alias": alias}}]
    for name, found in connected.indices.get(index=f"{alias},{alias}-*", ignore_unavailable=True).items():
        if name == alias:  # an index under the alias's name: somebody wrote to it before the alias was there
            actions.append({"remove_index": {"index": name}})
        elif alias in found["aliases"] and name != build.index_name:
            actions.append({"remove": {"index": name, "alias": alias}})
    _require_building(build)
    connected.indices.put_settings(index=build.index_name, settings={"refresh_interval": "1s"})
    connected.indices.update_aliases(actions=actions)
    with transaction.atomic():
        # A newer rebuild that has begun since keeps its row; until it ends this index is the one in use.
        before = IndexBuild.objects.filter(doc_type=document.doc_type, state=IndexBuild.State.LIVE).exclude(pk=build.pk)
        previous = before.values_list("index_name", flat=True).first() or ""
        before.update(state=IndexBuild.State.RETIRED)
        IndexBuild.objects.filter(pk=build.pk).update(state=IndexBuild.State.LIVE)
    return previous


def _sweep(connected: Elasticsearch, document: Document, build: IndexBuild, previous: str) -> None:
    """Delete the older indexes of this type but the previous one, orphans of crashed rebuilds among them."""
    alias = alias_name(document.doc_type)
    builds = IndexBuild.objects.filter(doc_type=document.doc_type)
    used = set(builds.exclude(state=IndexBuild.State.RETIRED).values_list("index_name", flat=True))
    for name, found in connected.indices.get(index=f"{alias}-*", ignore_unavailable=True).items():
        if name < build.index_name and name not in {*used, previous} and alias not in found["aliases"]:
            connected.indices.delete(index=name, ignore_unavailable=True)
    builds.filter(state=IndexBuild.State.RETIRED).exclude(index_name=previous).delete()


def build_missing() -> list[str]:
    """Build the indexes that Elasticsearch has lost, never had, or has from another version of the portal.

    For the courier. Returns the types for which something was amiss.
    """
    missing = []
    for document in all_documents():
        if forget_lost_builds(document):
            missing.append(document.doc_type)
        builds = IndexBuild.objects.filter(doc_type=document.doc_type)
        live = builds.filter(state=IndexBuild.State.LIVE).first()
        if live and live.fingerprint == fingerprint(document) and _answers(document, live.index_name):
            continue
        young = timezone.now() - BUILD_PATIENCE
        if builds.filter(state=IndexBuild.State.BUILDING, created__gt=young).exists():
            continue
        if _refused.get(document.doc_type, 0.0) > time.monotonic():
            continue
        try:
            rebuild(document)
            missing.append(document.doc_type)
        except BuildSuperseded:
            pass  # another process builds it
        except ShrunkIndex as error:
            _refused[document.doc_type] = time.monotonic() + REFUSAL_HOLDS
            logger.error("%s", error)
    return missing


def forget_lost_builds(document: Document) -> bool:
    """Unfinished rebuilds whose index is gone would keep deliveries waiting for it. Returns whether there were any."""
    unfinished = IndexBuild.objects.filter(doc_type=document.doc_type, state=IndexBuild.State.BUILDING)
    lost = []
    for pk, name in unfinished.values_list("pk", "index_name"):
        with guarded(heed_breaker=False) as connected:
            if not connected.indices.exists_alias(name=write_alias(name)):
                lost.append(pk)
    return bool(lost and IndexBuild.objects.filter(pk__in=lost).delete()[0])


def _answers(document: Document, index: str) -> bool:
    """Whether the alias exists and leads to this index, and its data has not been missing for long; raises
    SearchUnavailable when nobody answers."""
    with guarded(heed_breaker=False) as connected:
        alias = alias_name(document.doc_type)
        if not connected.indices.exists_alias(name=alias, index=index):
            return False
        try:
            is_red = bool(connected.count(index=index)["_shards"]["failed"])
        except ApiError as error:  # 400: closed by somebody, who will open it again
            is_red = error.status_code == NO_SHARDS
    if not is_red:
        _red_since.pop(index, None)
        return True
    return time.monotonic() - _red_since.setdefault(index, time.monotonic()) < RED_PATIENCE


def drop_indexes(document: Document) -> None:
    """Remove everything of this type from Elasticsearch. For tests."""
    connected = client().options(request_timeout=JOB_TIMEOUT)
    IndexBuild.objects.filter(doc_type=document.doc_type).delete()
    alias = alias_name(document.doc_type)
    for name in connected.indices.get(index=f"{alias}-*,{alias}", ignore_unavailable=True):
        connected.indices.delete(index=name, ignore_unavailable=True)
