"""Rebuild after rebuild while editors edit: nothing lost, doubled or left over. Real threads, real commits.

STORM_EDITS and STORM_REBUILDS set other numbers.
"""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.db import connection

from directory.facets import DIRECTORY
from directory.models import MemberPage
from search import delivery, indexing
from search.client import SearchUnavailable, breaker
from search.comparison import check
from search.documents import document_for
from search.engines import elasticsearch
from search.models import OutboxRow
from tests.contract.test_engines import question
from tests.factories.directory import MemberPageFactory
from tests.factories.home import make_tree

pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.alone,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
EDITS = int(os.environ.get("STORM_EDITS") or 400)
REBUILDS = int(os.environ.get("STORM_REBUILDS") or 5)
EDITORS = 4
MEMBERS = 60
STEADY = 10  # members that are edited but always there


@dataclass
class Storm:
    members: list[MemberPage]
    made: int = 0
    rebuilt: int = 0
    asked: int = 0
    gone: set[str] = field(default_factory=set)  # keys of members that are not published at the moment
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_over: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def storm(elasticsearch_url: str, settings) -> Iterator[Storm]:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time; tests/contract/test_delivery.py edits during a rebuild there")
    settings.ELASTICSEARCH_URL = elasticsearch_url
    # Wagtail's own index for the admin locks rows of others when a title changes: on PostgreSQL two who publish in the
    # same instant can deadlock there, and one of them has to press the button again. It is not what is tested here.
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
    settings.SEARCH_INDEX_PREFIX += "-storm"
    breaker.reset()
    parent = make_tree()["fr"]["directory"]
    members = [MemberPageFactory(parent=parent, title=f"Orage {number:02d}") for number in range(MEMBERS)]
    indexing.rebuild(document_for("member"))
    yield Storm(members)
    breaker.reset()
    indexing.drop_indexes(document_for("member"))


def edit(storm: Storm, number: int) -> None:
    """One editor, who has members of their own: words change, pages go and come back."""
    chance = random.Random(number)
    mine = storm.members[number::EDITORS]
    while not storm.is_over.is_set():
        with storm.lock:
            if storm.made >= EDITS:
                return
            storm.made += 1
            edition = storm.made
        page = chance.choice(mine)
        key = str(page.translation_key)
        if page.live and chance.random() < 0.1 and page not in storm.members[:STEADY]:
            page.unpublish()
            storm.gone.add(key)
        elif not page.live:
            storm.gone.discard(key)
            page.save_revision().publish()
        else:
            page.summary = f"Version{edition}."
            page.save()
        page.refresh_from_db()


def rebuild_again_and_again(storm: Storm) -> None:
    for number in range(REBUILDS):
        while storm.made < EDITS * number / REBUILDS and not storm.is_over.is_set():
            time.sleep(0.02)
        try:
            indexing.rebuild(document_for("member"), force="a quarter of so few members is more than 5 %")
        except SearchUnavailable as error:
            storm.wrong.append(f"rebuild {number}: {error}")
        storm.rebuilt += 1


def read(storm: Storm) -> None:
    steady = {str(page.translation_key) for page in storm.members[:STEADY]}
    while not storm.is_over.is_set():
        gone = set(storm.gone)
        waiting = {str(key) for key in OutboxRow.objects.values_list("key", flat=True)}
        try:
            answer = elasticsearch.ask(question(DIRECTORY, page_size=200))
        except SearchUnavailable:
            time.sleep(0.05)
            continue
        storm.asked += 1
        keys = [body["key"] for body in answer.bodies]
        if len(keys) != len(set(keys)) or len(keys) != answer.total:
            storm.wrong.append(f"doubled: {len(keys)} hits, {len(set(keys))} things, total {answer.total}")
        if ghosts := gone & storm.gone & set(keys) - waiting:
            storm.wrong.append(f"ghosts: {ghosts}")
        if missing := steady - set(keys):
            storm.wrong.append(f"missing: {missing}")


def test_index_equals_database_after_rebuilds_while_editors_edit(storm):
    courier = delivery.Courier(interval=0.5)
    courier.start()
    reader = start(storm, read)
    threads = [start(storm, edit, number) for number in range(EDITORS)]
    threads.append(start(storm, rebuild_again_and_again))
    try:
        for thread in threads:
            thread.join(timeout=900)
    finally:
        storm.is_over.set()
        reader.join(timeout=30)
        ends = time.monotonic() + 20
        while OutboxRow.objects.exists() and time.monotonic() < ends:
            time.sleep(0.1)
        courier.stop()
    assert not storm.wrong, storm.wrong[:10]
    assert (storm.made, storm.rebuilt) == (EDITS, REBUILDS)
    assert storm.asked >= REBUILDS
    assert not OutboxRow.objects.exists()
    breaker.reset()
    assert not check(document_for("member"))
    answer = elasticsearch.ask(question(DIRECTORY, page_size=200))
    live = MemberPage.objects.live().values_list("translation_key", "summary")
    assert {(body["key"], body["cards"]["fr"]["summary"]) for body in answer.bodies} == {
        (str(key), summary) for key, summary in live
    }


def start(storm: Storm, work: Callable[..., None], *arguments: object) -> threading.Thread:
    def run() -> None:
        try:
            work(storm, *arguments)
        except Exception as error:
            storm.wrong.append(f"{work.__name__}: {type(error).__name__}: {error}")
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread
