from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import indexing
from core.models import Topic
from news.facets import NEWS_FACETS
from news.models import NewsPage
from search.documents import Prepared, SearchDocument, register


@register
class NewsDocument(SearchDocument):
    doc_type = "news"
    label = _("News")
    model = NewsPage
    weight = 1.2
    facets = NEWS_FACETS
    depends_on = ("core.Topic", "core.Subsector", "core.CustomImage")

    @classmethod
    def queryset(cls):
        return NewsPage.objects.select_related("locale").prefetch_related(
            "topics", "subsectors", indexing.images("lead_image", "card")
        )

    @classmethod
    def prepare(cls, pages: list[NewsPage]) -> Prepared:
        first = pages[0]
        topics, subsectors = list(first.topics.all()), list(first.subsectors.all())
        return Prepared(
            title={page.language: page.title for page in pages},
            concepts=indexing.concepts([*topics, *subsectors]),
            summary={page.language: page.introduction for page in pages},
            text={page.language: indexing.stream_text(page, "body") for page in pages},
            values={
                "topic": [topic.slug for topic in topics],
                "subsector": [subsector.slug for subsector in subsectors],
                "year": [str(first.date.year)],
            },
            cards={
                page.language: {
                    **indexing.card_base(page),
                    "date": page.date.isoformat(),
                    "topics": [topic.slug for topic in topics],
                    "subsectors": [subsector.slug for subsector in subsectors],
                    "image": indexing.picture(page.lead_image, "card", page.lead_image_alt),
                }
                for page in pages
            },
            sort_date=first.date,
        )

    @classmethod
    def keys_for(cls, instance):
        chosen = Q(lead_image=instance) if instance._meta.model_name == "customimage" else _carries(instance)
        return NewsPage.objects.filter(chosen).values_list("translation_key", flat=True)


def _carries(term) -> Q:
    return Q(topics=term) if isinstance(term, Topic) else Q(subsectors=term)
