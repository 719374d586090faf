"""The demo loads as a whole, in three languages, around today; a second run changes nothing."""

import datetime
import io
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, Revision

from core.models import CustomImage, Skill, Subsector
from directory.enums import Area
from directory.models import MemberPage
from events.models import EventPage
from funding.models import FundingPage
from guides.models import GuidePage
from home.demo import content
from home.models import HomePage
from news.models import NewsPage
from search.models import SearchEntry
from tests.markup import card_keys, elements, total

KINDS = {MemberPage: ("member", 280), NewsPage: ("news", 45), GuidePage: ("guide", 12), FundingPage: ("funding", 18)}
KINDS[EventPage] = ("event", 20)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What the command said. The demo is rolled back after the tests of this file."""
    from django.core.cache import cache
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        out = io.StringIO()
        call_command("seed_demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(autouse=True)
def database_search(settings) -> None:
    settings.ELASTICSEARCH_URL = ""


@pytest.mark.django_db
@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_demo_has_as_many_of_each_kind_as_was_promised(demo: str, model: type[Page]) -> None:
    kind, wanted = KINDS[model]
    things = model.objects.live().values("translation_key").distinct().count()
    assert things >= wanted
    assert SearchEntry.objects.listed().filter(doc_type=kind).count() == things
    languages = Counter(model.objects.live().values_list("locale__language_code", flat=True))
    assert set(languages) == {"fr", "de", "en"}


@pytest.mark.django_db
def test_demo_members_are_everywhere(demo: str) -> None:
    assert Subsector.objects.count() == 12
    assert Skill.objects.count() == 60
    members = MemberPage.objects.live()
    assert set(members.values_list("area", flat=True)) == set(Area.values)
    for subsector in Subsector.objects.all():
        assert members.filter(subsectors=subsector).values("translation_key").distinct().count() >= 10, subsector.slug
    spoken = Counter(members.values_list("translation_key", flat=True))
    translated = sum(1 for number in spoken.values() if number > 1)
    assert translated >= len(spoken) // 4
    assert any(work.value["credits"] for member in members for work in member.works)


@pytest.mark.django_db
def test_demo_members_with_more_than_three_subsectors_are_none(demo: str) -> None:
    for member in MemberPage.objects.live():
        assert 1 <= member.subsectors.count() <= 3, member.title


@pytest.mark.django_db
def test_demo_dates_lie_around_today(demo: str) -> None:
    today = timezone.localdate()
    statuses = Counter(page.status(today).value for page in FundingPage.objects.live())
    assert set(statuses) == {"open", "closing", "closed"}
    assert EventPage.objects.live().filter(starts_at__gt=timezone.now()).count() >= 5
    assert EventPage.objects.live().filter(ends_at__lt=timezone.now()).exists()
    assert not NewsPage.objects.live().filter(date__gt=today).exists()
    assert NewsPage.objects.live().filter(date__gt=today - datetime.timedelta(days=31)).exists()


@pytest.mark.django_db
def test_demo_pages_are_sound(demo: str) -> None:
    """What an editor could not have saved is not in it either."""
    for model in (*KINDS, HomePage):
        for page in model.objects.live():
            page.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["fr", "de", "en"])
def test_demo_front_page_shows_something_in_every_part(demo: str, client: Client, code: str) -> None:
    response = client.get(f"/{code}/")
    assert response.status_code == 200
    assert len(card_keys(response)) >= 15
    for section in ("events-title", "funding-title", "members-title", "news-title"):
        assert elements(response, id=section), section


@pytest.mark.django_db
def test_demo_directory_finds_everybody(demo: str, client: Client) -> None:
    home = HomePage.objects.get(locale__language_code="de")
    directory = next(child for child in home.get_children().specific() if type(child).__name__ == "DirectoryIndexPage")
    assert total(client.get(directory.url)) == len(content.members())


@pytest.mark.django_db
def test_second_run_changes_nothing(demo: str) -> None:
    page = NewsPage.objects.live().first()
    page.title = "Edited by hand"
    page.save_revision().publish()
    before = _state()
    out = io.StringIO()
    call_command("seed_demo", stdout=out)
    assert "nothing was changed" in out.getvalue()
    assert _state() == before
    page.refresh_from_db()
    assert page.title == "Edited by hand"


def _state() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Page, Revision, CustomImage, SearchEntry, Skill))
