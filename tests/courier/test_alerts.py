"""Several schedules at once, with real commits: each alert is found once and each mail sent once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.core import mail as outgoing
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from alerts import services
from alerts.models import AlertMail, SavedSearch
from alerts.outbox import send_due
from alerts.runs import run_due
from directory.facets import DIRECTORY
from tests.factories.core import SubsectorFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.home import make_tree

pytestmark = [pytest.mark.parts, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SCHEDULES, READERS = 4, 12
AT = datetime.fromisoformat("2026-06-01T12:00:00+02:00")


def together(work: Callable[[], int]) -> list[int]:
    """Every thread begins at the same moment, on a connection of its own."""
    ready = Barrier(SCHEDULES)

    def take_part(_number: int) -> int:
        try:
            connection.ensure_connection()
            ready.wait(timeout=20)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(SCHEDULES) as threads:
        return list(threads.map(take_part, range(SCHEDULES)))


def test_four_schedules_at_once_send_every_mail_once(settings) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's tests share one connection; `make test` runs this on PostgreSQL")
    settings.ELASTICSEARCH_URL = ""
    parent, design = make_tree()["fr"]["directory"], SubsectorFactory(slug="design")
    for number in range(READERS):
        search = services.save_search(
            listing=DIRECTORY,
            choices=QueryDict("subsector=design"),
            language="fr",
            frequency="daily",
            at=AT,
            email=f"reader{number}@example.test",
        )
        services.confirm_search(search=search, at=AT)
    AlertMail.objects.all().delete()
    outgoing.outbox.clear()
    MemberPageFactory(parent=parent, title="Delta", subsectors=[design])
    at = AT + timedelta(days=1)
    assert sum(together(lambda: run_due(at=at))) == READERS
    assert AlertMail.objects.count() == READERS
    assert sum(together(lambda: send_due(at=timezone.now()))) == READERS
    assert len({message.to[0] for message in outgoing.outbox}) == len(outgoing.outbox) == READERS
    assert SavedSearch.objects.filter(last_run=at, last_sent__isnull=False).count() == READERS
