import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext_lazy

from core.models import Subsector, Topic
from search.columns import ADDRESS, LANGUAGE, SUMMARY, TITLE, flag, terms, text
from search.facets import DateFacet, TermsFacet
from search.listing import Listing
from search.sentence import SUBSECTOR, TOPIC, Head, Phrase, Sentence


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

EVENT_SENTENCE = Sentence(
    head=Head(counted=ngettext_lazy("%(count)s event", "%(count)s events", "total"), none=_("No events")),
    heads={
        ("when", "upcoming"): Head(
            counted=ngettext_lazy("%(count)s upcoming event", "%(count)s upcoming events", "total"),
            none=_("No upcoming events"),
        ),
        ("when", "past"): Head(
            counted=ngettext_lazy("%(count)s past event", "%(count)s past events", "total"), none=_("No past events")
        ),
    },
    phrases={
        "when": Phrase(
            template=pgettext_lazy("when an event is", "%(sentence)s, %(values)s"),
            items={
                "upcoming": npgettext_lazy("when an event is", "upcoming", "upcoming", "total"),
                "past": npgettext_lazy("when an event is", "past", "past", "total"),
            },
        ),
        "subsector": SUBSECTOR,
        "topic": TOPIC,
        "place": Phrase(
            template=pgettext_lazy("place of an event", "%(sentence)s, %(values)s"),
            items={
                EventPlace.ON_SITE.value: pgettext_lazy("place of an event", "on site"),
                EventPlace.ONLINE.value: pgettext_lazy("place of an event", "online"),
            },
        ),
    },
)

EVENTS = Listing(
    name="events",
    documents=("event",),
    facets=EVENT_FACETS,
    sorts=("relevance", "soonest", "name"),
    default_sort="soonest",
    initial={"when": ["upcoming"]},
    sentence=EVENT_SENTENCE,
    columns=(
        TITLE,
        text("starts_at", _("Start")),
        text("ends_at", _("End")),
        text("venue", _("Venue")),
        flag("is_online", _("Online")),
        SUMMARY,
        terms("topics", _("Topic"), Topic),
        LANGUAGE,
        ADDRESS,
    ),
)
