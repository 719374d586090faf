"""Rebuilding an index, against the same documents sent raw; and how long a published page takes to be found."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from threading import local
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.http import QueryDict

from core.models import Subsector
from directory.enums import Area
from directory.facets import DIRECTORY
from directory.models import DirectoryIndexPage, MemberPage
from search.analysis import index_analysis
from search.client import JOB_TIMEOUT, client
from search.delivery import sources_of
from search.documents import document_for
from search.entries import Document
from search.indexing import chunks, rebuild
from search.models import SearchEntry

RAW_CHUNK = 200  # documents, some 2 MB: larger ones are no quicker, and two of them are too much for a small heap
RAW_THREADS = (1, 2)
PATIENCE = 10.0  # seconds after which a published page counts as lost


def build_index() -> int:
    return rebuild(_members())


def _members() -> Document:
    document = document_for("member")
    if document is None:
        raise LookupError("Members have no search document")
    return document


def measure_rebuild(*, rounds: int, folder: str) -> dict[str, Any]:
    """{"rebuild": [documents a second, …], "raw": […], "start": MB, "peak": MB}, the two in turns.

    Raw: the same documents as JSON in a file, sent in bulk over kept connections, in one thread or two, whichever is
    quicker, and refreshed; the index has the same mapping and does not refresh meanwhile.
    """
    document, path = _members(), Path(folder) / "documents.json"
    start = _memory()
    count = rebuild(document)
    peak = _memory()
    found: dict[str, list[float]] = {"rebuild": [], "raw": []}
    _write_documents(document, path)
    for _round in range(rounds):
        found["raw"].append(count / min(_send_raw(document, path, threads) for threads in RAW_THREADS))
        begun = time.perf_counter()
        rebuild(document)
        found["rebuild"].append(count / (time.perf_counter() - begun))
    path.unlink()
    return {**found, "start": start, "peak": peak}


def _memory() -> float:
    """Most this process ever had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write_documents(document: Document, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for chunk in chunks(SearchEntry.objects.filter(doc_type=document.doc_type, is_listed=True)):
            sources = sources_of(chunk)
            for entry in chunk:
                file.write(json.dumps({"index": {"_id": str(entry.key)}}) + "\n")
                file.write(json.dumps(sources[entry.pk], ensure_ascii=False) + "\n")


def _send_raw(document: Document, path: Path, threads: int) -> float:
    """Seconds."""
    connected, name = client().options(request_timeout=JOB_TIMEOUT), f"{settings.SEARCH_INDEX_PREFIX}-raw"
    connected.indices.create(
        index=name,
        mappings=document.build_mapping().to_dict(),
        settings={
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "analysis": index_analysis(),
        },
    )
    begun = time.perf_counter()
    here = local()

    def send(body: bytes) -> None:
        if not hasattr(here, "connection"):
            here.connection = HTTPConnection(urlsplit(settings.ELASTICSEARCH_URL).netloc)
        here.connection.request("POST", f"/{name}/_bulk", body, {"Content-Type": "application/x-ndjson"})
        answer = here.connection.getresponse().read()
        if b'"errors":false' not in answer:
            raise RuntimeError(f"Elasticsearch did not take the documents: {answer[:500].decode()}")

    with path.open("rb") as file, ThreadPoolExecutor(threads) as pool:
        bodies = iter(lambda: b"".join(islice(file, RAW_CHUNK * 2)), b"")
        for batch in _batches(bodies, threads):
            list(pool.map(send, batch))
    connected.indices.refresh(index=name)
    seconds = time.perf_counter() - begun
    connected.indices.delete(index=name)
    return seconds


def _batches(bodies: Iterator[bytes], threads: int) -> Iterator[list[bytes]]:
    """A few requests at a time: the file does not go into memory whole."""
    while batch := list(islice(bodies, threads * 8)):
        yield batch


def measure_publishing(*, times: int) -> dict[str, list[float]]:
    """{"publish": [seconds, …], "found": […]}: what publish() takes, and from its return to the first answer of the
    directory that has the page. A real page among the synthetic entries."""
    parent = DirectoryIndexPage.objects.get(locale__language_code="fr")
    page = MemberPage(
        title="Atelier Mesure",
        slug="atelier-mesure",
        locale=parent.locale,
        summary="Un atelier qui mesure.",
        description="<p>Mesure.</p>",
        spoken_languages=["fr"],
        area=Area.LUXEMBOURG,
        live=False,
    )
    page.subsectors = [Subsector.objects.first()]
    parent.add_child(instance=page)
    found: dict[str, list[float]] = {"publish": [], "found": []}
    for _time in range(times):
        word = f"mesure{uuid4().hex[:10]}"
        page.summary = f"Un atelier qui mesure {word}."
        revision = page.save_revision()
        begun = time.perf_counter()
        revision.publish()
        published = time.perf_counter()
        while not _finds(word):
            if time.perf_counter() - published > PATIENCE:
                raise TimeoutError("What was published is not found")
        found["publish"].append(published - begun)
        found["found"].append(time.perf_counter() - published)
        page = MemberPage.objects.get(pk=page.pk)
    page.delete()
    return found


def _finds(word: str) -> bool:
    result = DIRECTORY.answer(QueryDict(f"q={word}&exact=1"), path="/", language="fr")
    return result.engine == "elasticsearch" and result.total == 1
