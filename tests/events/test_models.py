import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from events.models import EventPage
from home.services import Tree
from tests.factories.events import EventPageFactory
from tests.factories.home import story
from tests.markup import card_keys, elements

START = datetime.datetime(2027, 6, 10, 18, 0, tzinfo=datetime.UTC)


@pytest.fixture
def event(tree: Tree) -> EventPage:
    return EventPageFactory(parent=tree["en"]["events"], starts_at=START)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends_at": START - datetime.timedelta(minutes=1)}, "ends_at"),
        ({"venue": "", "is_online": False}, "venue"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_impossible_event_is_refused(event: EventPage, fields: dict, wrong: str) -> None:
    event.full_clean()
    for name, value in fields.items():
        setattr(event, name, value)
    with pytest.raises(ValidationError) as caught:
        event.full_clean()
    assert list(caught.value.message_dict) == [wrong]


def test_event_may_be_short_or_online(event: EventPage) -> None:
    event.ends_at = event.starts_at
    event.venue, event.is_online = "", True
    event.full_clean()


def test_time_is_shown_as_it_is_at_the_place(tree: Tree, client: Client) -> None:
    page = EventPageFactory(parent=tree["en"]["events"], starts_at=START, time_zone="Europe/Athens")
    content = client.get(page.url).content.decode()
    assert 'datetime="2027-06-10T21:00:00+03:00"' in content
    assert "9 p.m." in content
    card = client.get("/en/events/").content.decode()
    assert "9 p.m." in card


def test_calendar_file_has_the_zone_of_the_place_and_the_right_instant(tree: Tree, client: Client) -> None:
    page = EventPageFactory(
        parent=tree["en"]["events"], starts_at=START, time_zone="Europe/Athens", title="Été; soirée"
    )
    calendar = Calendar.from_ical(client.get(f"{page.url}calendar.ics").content)
    (entry,) = calendar.walk("VEVENT")
    assert entry["dtstart"].params["TZID"] == "Europe/Athens"
    assert entry.decoded("dtstart") == START
    assert entry["summary"] == "Été; soirée"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Athens"]


def test_listing_shows_what_is_to_come_until_told_otherwise(tree: Tree, client: Client) -> None:
    past = EventPageFactory(parent=tree["en"]["events"], starts_at=START - datetime.timedelta(days=30))
    second = EventPageFactory(parent=tree["en"]["events"], starts_at=START + datetime.timedelta(days=2))
    first = EventPageFactory(parent=tree["en"]["events"], starts_at=START + datetime.timedelta(days=1))
    with time_machine.travel(START, tick=False):
        assert card_keys(client.get("/en/events/")) == [str(page.translation_key) for page in (first, second)]
        assert card_keys(client.get("/en/events/?when=past")) == [str(past.translation_key)]
        everything = card_keys(client.get("/en/events/?when="))
        assert everything == [str(page.translation_key) for page in (first, second, past)]


def test_event_is_upcoming_until_it_ends(event: EventPage, client: Client) -> None:
    key = str(event.translation_key)
    for moment, upcoming in ((event.ends_at - datetime.timedelta(minutes=1), True), (event.ends_at, True)):
        with time_machine.travel(moment, tick=False):
            assert (key in card_keys(client.get("/en/events/"))) == upcoming
            assert (key in card_keys(client.get("/en/"))) == upcoming
    with time_machine.travel(event.ends_at + datetime.timedelta(minutes=1), tick=False):
        assert key not in card_keys(client.get("/en/events/"))
        assert key not in card_keys(client.get("/en/"))
        content = client.get(event.url).content.decode()
        assert "calendar.ics" not in content
        assert "This event is over." in content


def test_programme_shows_times_of_the_place(tree: Tree, client: Client) -> None:
    programme = story(("entry", {"time": "18:30:00", "what": "Doors"}), ("entry", {"time": None, "what": "Later"}))
    page = EventPageFactory(parent=tree["fr"]["events"], programme=programme)
    times = [element.get("datetime") for element in elements(client.get(page.url), "time")]
    assert "18:30" in times


def test_event_over_several_days_says_both(tree: Tree, client: Client) -> None:
    page = EventPageFactory(parent=tree["en"]["events"], starts_at=START, ends_at=START + datetime.timedelta(days=2))
    assert not page.is_one_day
    content = client.get(page.url).content.decode()
    assert "10 June 2027" in content and "12 June 2027" in content
    assert not page.is_past(timezone.make_aware(datetime.datetime(2027, 6, 11)))
