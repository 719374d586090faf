"""An Atom feed of news per language. Every reader gets the same: public pages only."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.models import SiteSettings
from news.models import NewsPage

FEED_LENGTH = 30


class NewsFeed(Feed):
    feed_type = Atom1Feed

    def title(self) -> str:
        site = SiteSettings.objects.first()
        return _("%(site)s: news") % {"site": site.name if site else "Kreativ Réseau"}

    def link(self) -> str:
        return f"/{get_language()}/"

    def subtitle(self) -> str:
        return _("News of the creative industries in Luxembourg and the Greater Region")

    def items(self):
        pages = NewsPage.objects.live().public().in_language(get_language()).order_by("-date", "-pk")
        return pages.prefetch_related("topics")[:FEED_LENGTH]

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.introduction

    def item_link(self, item: NewsPage) -> str:
        return item.get_url()

    def item_guid(self, item: NewsPage) -> str:
        return f"urn:uuid:{item.translation_key}:{item.locale_id}"

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))

    def item_updateddate(self, item: NewsPage) -> datetime | None:
        return item.last_published_at

    def item_categories(self, item: NewsPage) -> list[str]:
        return [topic.label() for topic in item.topics.all()]
