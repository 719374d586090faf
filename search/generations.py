"""Going back to the index that was in use before the last rebuild: `manage.py search_index back`.

A rebuild keeps that index but no longer writes to it. Going back makes it one that deliveries write to, compares every
document's version with its entry's, writes what differs, and only then moves the alias: readers get today's content
from the old index. The index left stays in its turn, so that going back twice leads forth again.
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction
from elasticsearch import ApiError, Elasticsearch, TransportError

from .client import JOB_TIMEOUT, NONSENSE, SearchUnavailable, breaker, client
from .comparison import indexed_versions
from .entries import Document
from .indexing import CHUNK, chunks, fingerprint, settled_count, switch, write
from .models import IndexBuild, SearchEntry
from .names import write_alias

logger = logging.getLogger(__name__)


class NoWayBack(Exception):  # noqa: N818  (a state, not a mistake)
    """There is no earlier index, or not one this version of the portal can write to."""


def build_before(document: Document, *, force: str = "") -> IndexBuild:
    """The build to go back to. Raises NoWayBack; `force`, a reason, accepts one of another version of the portal."""
    retired = IndexBuild.objects.filter(doc_type=document.doc_type, state=IndexBuild.State.RETIRED)
    build = retired.order_by("-pk").first()
    if build is None:
        raise NoWayBack(f"{document.doc_type}: there is no earlier index to go back to.")
    if build.fingerprint != fingerprint(document) and not force:
        raise NoWayBack(
            f"{document.doc_type}: {build.index_name} was made by another version of the portal. Deploy that version "
            'and go back with it; or, to use the index with this one: search_index back --force "why".'
        )
    return build


def go_back(document: Document, build: IndexBuild, *, force: str = "") -> int:
    """Take this retired build into use again, with what has changed since; returns its number of documents.

    Raises SearchUnavailable or NoWayBack; the index in use then stays.
    """
    try:
        connected = client().options(request_timeout=JOB_TIMEOUT)
        if not connected.indices.exists_alias(name=write_alias(build.index_name)):
            raise NoWayBack(f"{document.doc_type}: {build.index_name} is gone from Elasticsearch.")
        if force:
            logger.warning("Back to %s whatever version made it: %s", build.index_name, force)
        _write_to(document, build)
        try:
            _catch_up(connected, document, build)
            count = settled_count(connected, document, build)
            switch(connected, document, build)
        except BaseException:
            unfinished = IndexBuild.objects.filter(pk=build.pk, state=IndexBuild.State.BUILDING)
            unfinished.update(state=IndexBuild.State.RETIRED)
            raise
    except (TransportError, ApiError, *NONSENSE, OSError) as error:
        raise SearchUnavailable(f"{type(error).__name__}: {str(error)[:300]}") from error
    breaker.success()
    return count


def _write_to(document: Document, build: IndexBuild) -> None:
    """From here on deliveries write to it too, and a rebuild that is under way is over. With the fingerprint of this
    version the courier leaves the index in use as it is."""
    with transaction.atomic():
        IndexBuild.objects.filter(doc_type=document.doc_type, state=IndexBuild.State.BUILDING).delete()
        IndexBuild.objects.filter(pk=build.pk).update(
            state=IndexBuild.State.BUILDING, fingerprint=fingerprint(document), last_entry=0
        )  # 0: a rebuild does not go on with it


def _catch_up(connected: Elasticsearch, document: Document, build: IndexBuild) -> None:
    """Versions decide. What no entry knows at all, not even an emptied one, is deleted."""
    indexed = indexed_versions(build.index_name)
    unknown = set(indexed)
    for chunk in chunks(SearchEntry.objects.filter(doc_type=document.doc_type)):
        unknown -= {str(entry.key) for entry in chunk}
        differing = [
            entry for entry in chunk if indexed.get(str(entry.key)) != (entry.version if entry.is_listed else None)
        ]
        if differing:
            write(connected, differing, build)
    foreign = sorted(key for key in unknown if not _is_known(document, key))
    for start in range(0, len(foreign), CHUNK):
        part = foreign[start : start + CHUNK]
        connected.bulk(operations=[{"delete": {"_index": build.index_name, "_id": key}} for key in part])
    connected.indices.refresh(index=build.index_name)


def _is_known(document: Document, key: str) -> bool:
    """An entry made since the walk began: delivered meanwhile, and none of our business."""
    try:
        return SearchEntry.objects.filter(doc_type=document.doc_type, key=UUID(key)).exists()
    except ValueError:
        return False
