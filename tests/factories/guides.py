import datetime

import factory

from guides.models import GuidePage
from tests.factories.home import story
from tests.factories.pages import PublishedPageFactory


class GuidePageFactory(PublishedPageFactory):
    class Meta:
        model = GuidePage

    title = factory.Sequence(lambda number: f"Guide {number:03d}")
    slug = factory.Sequence(lambda number: f"guide-{number}")
    introduction = "Whom it helps, with what."
    sections = story(
        ("section", {"heading": "First", "body": [{"type": "text", "value": "<p>The law.</p>", "id": "a"}]})
    )
    reviewed_on = datetime.date(2026, 1, 10)
    review_due = datetime.date(2027, 1, 10)
