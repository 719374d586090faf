import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Subsector, Topic
from search.facets import DateFacet, TermsFacet
from search.listing import Listing


class EventPlace(models.TextChoices):
    ON_SITE = "on-site", _("On site")
    ONLINE = "online", _("Online")


def period_ranges(at: datetime.datetime) -> dict[str, tuple[str, datetime.datetime | None, datetime.datetime | None]]:
    """Value → (label, from, before) on the end of an event."""
    return {"upcoming": (str(_("Upcoming")), at, None), "past": (str(_("Past events")), None, at)}


EVENT_FACETS = (
    DateFacet("when", _("When"), ranges=period_ranges),
    TermsFacet("place", _("Place"), choices=lambda: {value: str(label) for value, label in EventPlace.choices}),
    TermsFacet("subsector", _("Subsector"), choices=Subsector.choices_here),
    TermsFacet("topic", _("Topic"), choices=Topic.choices_here),
)

EVENTS = Listing(
    name="events",
    documents=("event",),
    facets=EVENT_FACETS,
    sorts=("relevance", "soonest", "name"),
    default_sort="soonest",
    initial={"when": ["upcoming"]},
)
