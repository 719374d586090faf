from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import indexing
from core.models import Topic
from events.facets import EVENT_FACETS, EventPlace
from events.models import EventPage
from search.documents import Prepared, SearchDocument, register


@register
class EventDocument(SearchDocument):
    doc_type = "event"
    label = _("Events")
    model = EventPage
    weight = 1.5
    facets = EVENT_FACETS
    depends_on = ("core.Topic", "core.Subsector", "core.CustomImage")

    @classmethod
    def queryset(cls):
        return EventPage.objects.select_related("locale").prefetch_related(
            "topics", "subsectors", indexing.images("lead_image", "card")
        )

    @classmethod
    def prepare(cls, pages: list[EventPage]) -> Prepared:
        first = pages[0]
        topics, subsectors = list(first.topics.all()), list(first.subsectors.all())
        return Prepared(
            title={page.language: page.title for page in pages},
            concepts=indexing.concepts([*topics, *subsectors]),
            summary={page.language: page.introduction for page in pages},
            text={
                page.language: indexing.prose(
                    page.venue, page.address, page.organiser, indexing.stream_text(page, "body", "programme")
                )
                for page in pages
            },
            values={
                "place": [EventPlace.ONLINE.value if first.is_online else EventPlace.ON_SITE.value],
                "topic": [topic.slug for topic in topics],
                "subsector": [subsector.slug for subsector in subsectors],
            },
            cards={
                page.language: {
                    **indexing.card_base(page),
                    "starts_at": page.local_start.isoformat(),
                    "ends_at": page.local_end.isoformat(),
                    "time_zone": page.time_zone,
                    "is_one_day": page.is_one_day,
                    "is_online": page.is_online,
                    "venue": page.venue,
                    "topics": [topic.slug for topic in topics],
                    "image": indexing.picture(page.lead_image, "card", page.lead_image_alt),
                }
                for page in pages
            },
            sort_date=first.starts_at,
            axis_date=first.ends_at,
        )

    @classmethod
    def keys_for(cls, instance):
        if instance._meta.model_name == "customimage":
            chosen = Q(lead_image=instance)
        else:
            chosen = Q(topics=instance) if isinstance(instance, Topic) else Q(subsectors=instance)
        return EventPage.objects.filter(chosen).values_list("translation_key", flat=True)
