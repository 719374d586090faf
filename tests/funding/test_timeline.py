"""The line of months that is left until a deadline."""

import datetime

import pytest
from django.utils import timezone

from funding.timeline import LONGEST, months_until
from tests.factories.funding import FundingPageFactory
from tests.markup import elements

TODAY = datetime.date(2026, 11, 24)


def shown(deadline: datetime.date | None) -> list[str]:
    signs = {"is_now": "n", "is_closing": "c", "is_last": "l"}
    return [
        f"{month.first:%y-%m}" + "".join(sign for name, sign in signs.items() if getattr(month, name))
        for month in months_until(deadline, TODAY)
    ]


@pytest.mark.parametrize(
    ("deadline", "months"),
    [
        (None, []),
        (datetime.date(2026, 11, 23), []),
        (datetime.date(2026, 11, 24), ["26-11ncl"]),
        (datetime.date(2026, 12, 31), ["26-11n", "26-12cl"]),
        (datetime.date(2027, 2, 10), ["26-11n", "26-12", "27-01c", "27-02cl"]),
    ],
)
def test_the_months_until_a_deadline(deadline, months):
    assert shown(deadline) == months


def test_a_deadline_far_away_has_no_line():
    assert len(months_until(datetime.date(2028, 4, 30), TODAY)) == LONGEST
    assert months_until(datetime.date(2028, 5, 1), TODAY) == []


def test_on_a_phone_this_month_the_last_and_every_january_are_named():
    named = [month.first.month for month in months_until(datetime.date(2027, 3, 1), TODAY) if month.is_named]
    assert named == [11, 1, 3]


@pytest.mark.django_db
def test_a_scheme_shows_the_line_and_a_rolling_or_closed_one_none(tree, client):
    today = timezone.localdate()
    for days, lines in ((40, 1), (-1, 0), (None, 0)):
        deadline = today + datetime.timedelta(days=days) if days is not None else None
        page = FundingPageFactory(parent=tree["fr"]["funding"], deadline=deadline, is_rolling=deadline is None)
        assert len(elements(client.get(page.url), "ol", aria_label="Temps restant jusqu’à la date limite")) == lines
