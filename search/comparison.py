"""`search_index check` and `update`: compare pages with entries and entries with the index, and repair what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

from .client import JOB_TIMEOUT, NONSENSE, SearchUnavailable, client
from .compounds import Dictionary, dictionary
from .delivery import deliver
from .entries import COLUMNS, Document, fill, pairs, refresh, settle, stored_values
from .indexing import CHUNK, all_keys, rebuild
from .models import IndexBuild, OutboxRow, SearchEntry
from .names import alias_name
from .suggestion_words import stored_words, words_of

PAGE = 1000  # documents asked of Elasticsearch at a time


@dataclass
class Differences:
    """What `search_index check` found for one type. Keys as strings, sorted."""

    doc_type: str
    not_in_entries: list[str] = field(default_factory=list)  # published, but not listed
    only_in_entries: list[str] = field(default_factory=list)  # listed, but no readable page
    outdated_entries: list[str] = field(default_factory=list)
    not_in_index: list[str] = field(default_factory=list)
    only_in_index: list[str] = field(default_factory=list)
    outdated_in_index: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(value for name, value in vars(self).items() if name != "doc_type")

    def lines(self) -> list[str]:
        """One line per thing that differs, for people."""
        return [
            f"{self.doc_type}: {name.replace('_', ' ')}: {item}"
            for name, items in vars(self).items()
            if name != "doc_type"
            for item in items
        ]


def check(document: Document) -> Differences:
    """Compare everything; the index only when ELASTICSEARCH_URL is set. Writes nothing."""
    found = Differences(document.doc_type)
    known = dictionary()
    keys = sorted(all_keys(document))
    for start in range(0, len(keys), CHUNK):
        _compare_entries(document, keys[start : start + CHUNK], known, found)
    if settings.ELASTICSEARCH_URL:
        try:
            _compare_index(document, found)
        except SearchUnavailable as error:
            found.problems.append(str(error))
    return found


def _compare_entries(document: Document, keys: Sequence[UUID], known: Dictionary, found: Differences) -> None:
    loaded = document.load(keys)
    entries = {entry.key: entry for entry in SearchEntry.objects.filter(doc_type=document.doc_type, key__in=keys)}
    values = stored_values(list(entries.values()))
    words = stored_words(list(entries.values()))
    for key in keys:
        entry = entries.get(key)
        wanted = copy(entry) if entry else SearchEntry(doc_type=document.doc_type, key=key)
        wanted_values = pairs(fill(document, wanted, loaded.get(key), known))
        is_listed = entry is not None and entry.is_listed
        if wanted.is_listed and not is_listed:
            found.not_in_entries.append(str(key))
        elif entry is not None and entry.is_listed and not wanted.is_listed:
            found.only_in_entries.append(str(key))
        elif entry is not None and is_listed:
            same = all(getattr(entry, name) == getattr(wanted, name) for name in COLUMNS)
            same = same and words.get(entry.pk, set()) == words_of(wanted)
            if not same or values.get(entry.pk, set()) != wanted_values:
                found.outdated_entries.append(str(key))


def _compare_index(document: Document, found: Differences) -> None:
    """Raises SearchUnavailable when the index cannot be read."""
    waiting = OutboxRow.objects.filter(doc_type=document.doc_type).count()
    if waiting:
        found.problems.append(f"{waiting} changes wait for delivery")
    if not IndexBuild.objects.filter(doc_type=document.doc_type, state=IndexBuild.State.LIVE).exists():
        found.problems.append("no index has been built")
        return
    indexed = indexed_versions(alias_name(document.doc_type))
    rows = SearchEntry.objects.filter(doc_type=document.doc_type, is_listed=True).values_list("key", "version")
    listed = {str(key): version for key, version in rows}
    found.not_in_index = sorted(set(listed) - set(indexed))
    found.only_in_index = sorted(set(indexed) - set(listed))
    found.outdated_in_index = sorted(key for key in set(listed) & set(indexed) if listed[key] != indexed[key])


def indexed_versions(index: str) -> dict[str, int]:
    """Key → version of every document of this index or behind this alias. Raises SearchUnavailable."""
    connected = client().options(request_timeout=JOB_TIMEOUT)
    try:
        connected.indices.refresh(index=index)
        return dict(_walk(connected, index))
    except (TransportError, ApiError, *NONSENSE, OSError) as error:
        raise SearchUnavailable(f"the index cannot be read: {type(error).__name__}: {str(error)[:200]}") from error


def _walk(connected: Elasticsearch, index: str) -> Iterable[tuple[str, int]]:
    after: list[str] | None = None
    while True:
        answer = connected.search(
            index=index, size=PAGE, version=True, source=False, sort=["key"], search_after=after, track_total_hits=False
        )
        hits = answer["hits"]["hits"]
        yield from ((hit["_id"], hit["_version"]) for hit in hits)
        if len(hits) < PAGE:
            return
        after = hits[-1]["sort"]


def update(document: Document, report: Callable[[str], None] | None = None) -> Differences:
    """Repair what check() finds: recompute entries, deliver, rebuild when that is not enough. Returns what is left.

    Raises SearchUnavailable when Elasticsearch is configured and does not answer.
    """
    settle()
    found = check(document)
    for line in found.lines() if report else ():
        report(line)  # type: ignore[misc]
    wrong = {*found.not_in_entries, *found.only_in_entries, *found.outdated_entries}
    refresh(document, [UUID(key) for key in wrong])
    if not settings.ELASTICSEARCH_URL:
        return check(document) if found else found
    in_index = [*found.not_in_index, *found.outdated_in_index]
    refresh(document, [UUID(key) for key in in_index], force=True)
    deliver(JOB_TIMEOUT, heed_breaker=False)
    left = check(document) if found else found
    # Outdated still: the index has later versions than the database, which was restored from a backup, perhaps.
    if left.only_in_index or left.not_in_index or left.outdated_in_index or left.problems:
        rebuild(document)
        left = check(document)
    return left
