"""Money, dates and labels as templates write them."""

import datetime

import pytest
from django.utils import timezone, translation

from core.templatetags import portal_tags


@pytest.mark.parametrize(
    ("language", "amount", "expected"),
    [
        ("fr", 12000, "12\u00a0000\u00a0€"),
        ("de", 12000, "12.000\u00a0€"),
        ("en", 12000, "€12,000"),
        ("de", 7.5, "7,50\u00a0€"),
        ("en", 0, "€0"),
        ("fr", None, ""),
        ("fr", "", ""),
        ("fr", "much", ""),
    ],
)
def test_euro_follows_the_language(language, amount, expected):
    with translation.override(language):
        assert portal_tags.euro(amount) == expected


def test_as_date_keeps_the_clock_of_the_place():
    assert portal_tags.as_date("2026-05-03T18:30:00+03:00") == datetime.datetime(2026, 5, 3, 18, 30)
    assert portal_tags.as_date("2026-05-03") == datetime.date(2026, 5, 3)


@pytest.mark.parametrize("nonsense", [None, "", "soon", "2026-13-40"])
def test_as_date_when_there_is_no_date(nonsense):
    assert portal_tags.as_date(nonsense) is None
    assert portal_tags.days_until(nonsense) is None
    assert portal_tags.is_over(nonsense) is False


def test_days_until_counts_from_today():
    today = timezone.localdate()
    assert portal_tags.days_until(today.isoformat()) == 0
    assert portal_tags.days_until(today + datetime.timedelta(days=9)) == 9
    assert portal_tags.days_until((today - datetime.timedelta(days=1)).isoformat()) == -1


def test_is_over_when_the_day_itself_is_not():
    today = timezone.localdate()
    assert portal_tags.is_over(today) is False
    assert portal_tags.is_over(today - datetime.timedelta(days=1)) is True
    assert portal_tags.is_over((timezone.now() - datetime.timedelta(minutes=1)).isoformat()) is True


def test_labels_when_unknown_are_the_value_itself():
    assert portal_tags.choice_label("nowhere", "directory.MemberPage.area") == "nowhere"
    assert portal_tags.choice_label("x", "no.Such.field") == "x"
    assert portal_tags.choice_label("x", "directory.MemberPage.nothing") == "x"
    assert portal_tags.language_name("xx") == "xx"
    with translation.override("en"):
        assert portal_tags.choice_label("wallonie", "directory.MemberPage.area") == "Wallonia"
        assert portal_tags.language_name("de") == "German"


def test_without_scheme_and_first_hue():
    assert portal_tags.without_scheme("https://www.example.org/") == "example.org"
    assert portal_tags.first_hue(["design", "music"]) == "hue--design"
    assert portal_tags.first_hue(None) == ""
