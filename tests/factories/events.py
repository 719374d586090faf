import datetime

import factory
from django.utils import timezone

from events.models import EventPage
from tests.factories.pages import PublishedPageFactory


class EventPageFactory(PublishedPageFactory):
    """Two hours, a week from now unless told otherwise."""

    class Meta:
        model = EventPage

    title = factory.Sequence(lambda number: f"Event {number:03d}")
    slug = factory.Sequence(lambda number: f"event-{number}")
    introduction = "An evening."
    venue = "Rotondes"
    starts_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + datetime.timedelta(hours=2))
