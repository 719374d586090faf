from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.models import Subsector, Topic
from search.columns import ADDRESS, LANGUAGE, SUMMARY, TITLE, terms, text
from search.facets import TermsFacet
from search.listing import Listing
from search.sentence import SUBSECTOR, TOPIC, Head, Phrase, Sentence

FIRST_YEAR = 2015


def years() -> dict[str, str]:
    """Newest first. Years without news have no count and are not shown."""
    return {str(year): str(year) for year in range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)}


NEWS_FACETS = (
    TermsFacet("topic", _("Topic"), choices=Topic.choices_here),
    TermsFacet("subsector", _("Subsector"), choices=Subsector.choices_here),
    TermsFacet("year", _("Year"), choices=years, order="choices"),
)

NEWS = Listing(
    name="news",
    documents=("news",),
    facets=NEWS_FACETS,
    sorts=("relevance", "newest", "name"),
    default_sort="newest",
    sentence=Sentence(
        head=Head(counted=ngettext_lazy("%(count)s news item", "%(count)s news items", "total"), none=_("No news")),
        phrases={
            "year": Phrase(
                template=ngettext_lazy("%(sentence)s from %(values)s", "%(sentence)s from %(values)s", "number")
            ),
            "subsector": SUBSECTOR,
            "topic": TOPIC,
        },
    ),
    columns=(
        TITLE,
        text("date", _("Date")),
        SUMMARY,
        terms("topics", _("Topic"), Topic),
        terms("subsectors", _("Subsector"), Subsector),
        LANGUAGE,
        ADDRESS,
    ),
)
