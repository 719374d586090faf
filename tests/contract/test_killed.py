"""The server is killed, as the kernel does it when memory is short: while people search, while a rebuild runs. A server
of this test's own, started again with the same data."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import QueryDict

from directory.facets import DIRECTORY
from search import client as client_module
from search import delivery, indexing
from search.client import SearchUnavailable, breaker
from search.comparison import check
from search.documents import document_for
from search.models import IndexBuild, OutboxRow
from tests.contract.test_engines import assert_same, question
from tests.contract.test_failures import LIMIT, timed
from tests.factories.directory import MemberPageFactory
from tests.factories.pages import publish, unpublish
from tests.functional.seeded import free_port

pytestmark = [pytest.mark.elasticsearch, pytest.mark.alone]
SCRIPT = Path(__file__).parents[2] / "scripts" / "parts" / "serve_elasticsearch.sh"


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers, be it red."""
        self.process = subprocess.Popen(
            ["bash", str(SCRIPT), str(self.folder), str(self.port)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout.readline() == "ready\n", "Elasticsearch did not start"

    def number(self) -> int:
        nodes = client_module.client().nodes.info(metric="process")["nodes"]
        return next(iter(nodes.values()))["process"]["id"]

    def kill(self, number: int) -> None:
        in_container = shutil.which("docker") and not subprocess.call(
            ["docker", "kill", f"portal-search-{self.port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if not in_container:
            os.kill(number, signal.SIGKILL)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)
            self.process = None


@pytest.fixture
def server(content, settings) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="portal-killed-"))  # pytest's own folders are closed to other users
    folder.chmod(0o755)
    running = Server(folder)
    try:
        running.start()
        settings.ELASTICSEARCH_URL = running.url
        breaker.reset()
        yield running
    finally:
        running.stop()
        breaker.reset()
        shutil.rmtree(folder, ignore_errors=True)


def listing(query: str = ""):
    return DIRECTORY.answer(QueryDict(query), path="/fr/annuaire/", language="fr")


def test_server_killed_while_people_search_and_while_a_rebuild_runs(server, content, monkeypatch):
    document = document_for("member")
    indexing.rebuild(document)
    total = listing().total
    assert listing().engine == "elasticsearch"
    kill_during_rebuild(server, document, monkeypatch, total)
    publish_and_unpublish(content, "Xylozirbel", 1)
    server.stop()
    server.start()
    await_delivery()
    assert not check(document)
    assert_same(question(DIRECTORY, page_size=100))
    assert listing("q=Xylozirbel").engine == "elasticsearch"
    indexing.rebuild(document)
    kept = set(IndexBuild.objects.filter(doc_type="member").values_list("index_name", flat=True))
    assert set(client_module.client().indices.get(index="*-member-*")) == kept, "what was half built is swept"

    server.kill(server.number())
    server.stop()
    lose_shards(server.folder)
    publish_and_unpublish(content, "Linozirbel", 2)
    server.start()
    breaker.reset()
    result, seconds = timed(listing)
    assert result.degraded and seconds < LIMIT, "red"
    monkeypatch.setattr(indexing, "RED_PATIENCE", 0.0)
    await_delivery()
    assert not check(document)
    assert_same(question(DIRECTORY, page_size=100))
    assert listing("q=Linozirbel").engine == "elasticsearch"


def lose_shards(folder: Path) -> None:
    """As a broken disk does: the server knows the index, and its data is gone."""
    shards = list((folder / "data" / "indices").glob("*/0"))
    assert shards or shutil.which("docker"), "in a container the data is lost with it"
    for shard in shards:
        shutil.rmtree(shard)


def search_for(seconds: float, total: int) -> list[str]:
    """The engines that answered, in order, without repetition; every answer whole and in time."""
    engines: list[str] = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        result, took = timed(listing)
        assert (result.total, result.degraded) == (total, result.engine == "database")
        assert took < LIMIT
        if engines[-1:] != [result.engine]:
            engines.append(result.engine)
    return engines


def publish_and_unpublish(content, word: str, number: int) -> None:
    """While nobody is there to be told."""
    page = content.members[0]
    page.summary = f"{word}."
    _published, seconds = timed(publish, page)
    assert seconds < LIMIT
    unpublish(content.members[number])
    MemberPageFactory(parent=content.tree["fr"]["directory"], title=f"Après {word}")
    assert OutboxRow.objects.count() == 3


def kill_during_rebuild(server: Server, document, monkeypatch, total: int) -> None:
    number = server.number()
    steps = []

    def kill(done: int, of: int) -> None:
        steps.append(done)
        if len(steps) == 3:
            threading.Timer(0.5, server.kill, [number]).start()
            engines = search_for(2.5, total)
            assert engines == ["elasticsearch", "database"], "the index answers, then the database, nothing between"

    with monkeypatch.context() as patched:
        patched.setattr(indexing, "CHUNK", 5)
        with pytest.raises(SearchUnavailable):
            indexing.rebuild(document, kill)
    assert 3 <= len(steps) <= 3 + indexing.WRITERS, "what was under way may have arrived"


def await_delivery() -> None:
    """The courier alone; a server that has just started may need a second look."""
    for _look in range(20):
        delivery.courier.step()
        if not OutboxRow.objects.exists():
            return
        time.sleep(0.5)
    pytest.fail("changes still wait")
