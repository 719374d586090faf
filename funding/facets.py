import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Subsector, Topic
from funding.enums import CLOSING_DAYS, Applicant, FundingKind, FundingStatus
from search.facets import DateFacet, TermsFacet
from search.listing import Listing


def status_ranges(at: datetime.datetime) -> dict[str, tuple[str, datetime.datetime | None, datetime.datetime | None]]:
    """Value → (label, from, before) on the deadline's day; a rolling scheme has no date and counts as open."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    later = today + datetime.timedelta(days=CLOSING_DAYS + 1)
    return {
        FundingStatus.OPEN.value: (str(FundingStatus.OPEN.label), later, None),
        FundingStatus.CLOSING.value: (str(FundingStatus.CLOSING.label), today, later),
        FundingStatus.CLOSED.value: (str(FundingStatus.CLOSED.label), None, today),
    }


FUNDING_FACETS = (
    DateFacet("status", _("Status"), ranges=status_ranges, missing=FundingStatus.OPEN.value),
    TermsFacet("kind", _("Kind"), choices=lambda: {value: str(label) for value, label in FundingKind.choices}),
    TermsFacet("applicant", _("Who may apply"), choices=lambda: {v: str(label) for v, label in Applicant.choices}),
    TermsFacet("subsector", _("Subsector"), choices=Subsector.choices_here),
    TermsFacet("topic", _("Topic"), choices=Topic.choices_here),
)

FUNDING = Listing(
    name="funding",
    documents=("funding",),
    facets=FUNDING_FACETS,
    sorts=("relevance", "soonest", "name"),
    default_sort="soonest",
)
