import datetime

import factory

from news.models import NewsPage
from tests.factories.home import story
from tests.factories.pages import PublishedPageFactory


class NewsPageFactory(PublishedPageFactory):
    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda number: f"News {number:03d}")
    slug = factory.Sequence(lambda number: f"news-{number}")
    date = datetime.date(2026, 3, 2)
    introduction = "What happened, and why it matters."
    body = story(("text", "<p>The text.</p>"))
