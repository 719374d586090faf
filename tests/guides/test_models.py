import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from guides.models import GuidePage
from home.services import Tree
from tests.factories.guides import GuidePageFactory
from tests.factories.home import story
from tests.markup import elements


@pytest.fixture
def guide(tree: Tree) -> GuidePage:
    sections = [
        ("section", {"heading": heading, "body": [{"type": "text", "value": "<p>Text.</p>", "id": str(number)}]})
        for number, heading in enumerate(("Before you sign", "Before you sign", "Später: Ärger & Recht"))
    ]
    return GuidePageFactory(parent=tree["en"]["guides"], sections=story(*sections))


@pytest.mark.parametrize("days", [0, -1])
def test_review_is_due_after_the_last_one(guide: GuidePage, days: int) -> None:
    guide.full_clean()
    guide.review_due = guide.reviewed_on + datetime.timedelta(days=days)
    with pytest.raises(ValidationError) as caught:
        guide.full_clean()
    assert list(caught.value.message_dict) == ["review_due"]


def test_review_is_overdue_from_the_day_after(guide: GuidePage) -> None:
    assert not guide.is_review_overdue(guide.review_due)
    assert guide.is_review_overdue(guide.review_due + datetime.timedelta(days=1))


def test_reader_is_told_when_a_review_is_overdue(guide: GuidePage, client: Client) -> None:
    answers = []
    for days in (0, 1):
        with time_machine.travel(guide.review_due + datetime.timedelta(days=days, hours=12), tick=False):
            answers.append(client.get(guide.url).content.decode())
    for content in answers:
        assert 'datetime="2026-01-10"' in content
    warnings = [
        "notice--warn" in content or "review--overdue" in content or "overdue" in content for content in answers
    ]
    assert warnings == [False, True]


def test_contents_lead_to_every_section(guide: GuidePage, client: Client) -> None:
    response = client.get(guide.url)
    ids = {element.get("id") for element in elements(response, id=True)}
    links = [
        link.get("href")
        for link in elements(response, "a")
        if link.get("href").startswith("#") and any("guide__contents" in above.classes for above in link.ancestors)
    ]
    assert len(set(links)) >= 3
    assert all(link.removeprefix("#") in ids for link in links)
    text = response.content.decode()
    assert "Später: Ärger &amp; Recht" in text
