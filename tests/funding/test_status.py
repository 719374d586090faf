"""Open, closing soon or closed: the same on the page, on the card and in the facet, to the minute, in Luxembourg."""

import datetime
import zoneinfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from funding.enums import CLOSING_DAYS, FundingStatus
from funding.models import FundingPage
from home.services import Tree
from tests.factories.funding import FundingPageFactory
from tests.markup import card_keys, elements, facet_counts
from tests.worlds import index_everything

LUXEMBOURG = zoneinfo.ZoneInfo("Europe/Luxembourg")
DEADLINE = datetime.date(2027, 3, 28)  # the night in which the clocks go forward
ADDRESS = "/en/funding/"
OPEN, CLOSING, CLOSED = "open", "closing", "closed"


def at(day: datetime.date, hour: int = 0, minute: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour, minute), LUXEMBOURG)


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (DEADLINE - days(CLOSING_DAYS + 1), FundingStatus.OPEN),
        (DEADLINE - days(CLOSING_DAYS), FundingStatus.CLOSING),
        (DEADLINE - days(1), FundingStatus.CLOSING),
        (DEADLINE, FundingStatus.CLOSING),
        (DEADLINE + days(1), FundingStatus.CLOSED),
    ],
)
def test_status_follows_from_the_day(day: datetime.date, status: FundingStatus) -> None:
    assert FundingPage(deadline=DEADLINE).status(day) == status
    assert FundingPage(is_rolling=True).status(day) == FundingStatus.OPEN


@pytest.fixture
def scheme(tree: Tree) -> FundingPage:
    return FundingPageFactory(parent=tree["en"]["funding"], deadline=DEADLINE, slug="scheme")


def state(response) -> str:
    """What the coloured mark of a page or card says."""
    kinds = {"state--good": OPEN, "state--warn": CLOSING, "state--off": CLOSED}
    (mark,) = [element for element in elements(response) if set(kinds) & set(element.classes)]
    return next(kinds[name] for name in mark.classes if name in kinds)


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (at(DEADLINE - days(CLOSING_DAYS + 1), 23, 59), OPEN),
        (at(DEADLINE - days(CLOSING_DAYS)), CLOSING),
        (at(DEADLINE - days(1), 12), CLOSING),
        (at(DEADLINE - days(1), 23, 59), CLOSING),
        (at(DEADLINE), CLOSING),
        (at(DEADLINE, 0, 30), CLOSING),
        (at(DEADLINE, 23, 59), CLOSING),
        (at(DEADLINE + days(1)), CLOSED),
        (at(DEADLINE + days(1), 0, 30), CLOSED),
        (at(DEADLINE + days(1), 1, 30), CLOSED),
    ],
    ids=lambda value: value.isoformat() if isinstance(value, datetime.datetime) else value,
)
def test_page_card_and_facet_agree(scheme: FundingPage, client: Client, moment: datetime.datetime, status: str) -> None:
    with time_machine.travel(moment, tick=False):
        listing = client.get(ADDRESS)
        assert state(client.get(scheme.url)) == status
        assert state(listing) == status
        assert facet_counts(listing, "status") == {status: 1}
        for value in (OPEN, CLOSING, CLOSED):
            found = card_keys(client.get(f"{ADDRESS}?status={value}"))
            assert found == ([str(scheme.translation_key)] if value == status else [])


def test_facet_agrees_in_both_engines(scheme: FundingPage, engine: str, client: Client) -> None:
    rolling = FundingPageFactory(parent=scheme.get_parent(), slug="rolling")
    index_everything(engine)
    with time_machine.travel(at(DEADLINE, 23, 30), tick=False):
        assert facet_counts(client.get(ADDRESS), "status") == {OPEN: 1, CLOSING: 1}
        assert card_keys(client.get(f"{ADDRESS}?status=open")) == [str(rolling.translation_key)]
    with time_machine.travel(at(DEADLINE + days(1), 0, 30), tick=False):
        assert facet_counts(client.get(ADDRESS), "status") == {OPEN: 1, CLOSED: 1}


def test_front_page_shows_what_closes_soon(scheme: FundingPage, client: Client) -> None:
    for moment, shown in ((at(DEADLINE, 23, 59), True), (at(DEADLINE + days(1)), False)):
        with time_machine.travel(moment, tick=False):
            keys = card_keys(client.get("/en/"))
            assert (str(scheme.translation_key) in keys) == shown


def test_soonest_deadline_comes_first_on_its_last_day_too(scheme: FundingPage, engine: str, client: Client) -> None:
    later = FundingPageFactory(parent=scheme.get_parent(), deadline=DEADLINE + days(3), slug="later")
    rolling = FundingPageFactory(parent=scheme.get_parent(), slug="rolling")
    over = FundingPageFactory(parent=scheme.get_parent(), deadline=DEADLINE - days(1), slug="over")
    index_everything(engine)
    with time_machine.travel(at(DEADLINE, 15), tick=False):
        keys = card_keys(client.get(ADDRESS))
    assert keys == [str(page.translation_key) for page in (scheme, later, rolling, over)]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"deadline": None, "is_rolling": False}, "deadline"),
        ({"deadline": DEADLINE, "is_rolling": True}, "deadline"),
        ({"amount_from": 2000, "amount_to": 1000}, "amount_to"),
        ({"rate": 101}, "rate"),
        ({"applicants": []}, "applicants"),
        ({"applicants": ["nobody"]}, "applicants"),
    ],
)
def test_contradictory_scheme_is_refused(scheme: FundingPage, fields: dict, wrong: str) -> None:
    scheme.full_clean()
    for name, value in fields.items():
        setattr(scheme, name, value)
    with pytest.raises(ValidationError) as caught:
        scheme.full_clean()
    assert list(caught.value.message_dict) == [wrong]


def test_equal_amounts_and_an_open_end_are_fine(scheme: FundingPage) -> None:
    for amounts in ((1000, 1000), (None, 1000), (1000, None), (None, None)):
        scheme.amount_from, scheme.amount_to = amounts
        scheme.full_clean()
