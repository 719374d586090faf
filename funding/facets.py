import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext_lazy

from core.models import Subsector, Topic
from funding.enums import CLOSING_DAYS, Applicant, FundingKind, FundingStatus
from search.columns import ADDRESS, LANGUAGE, SUMMARY, TITLE, choice, flag, text
from search.facets import DateFacet, TermsFacet
from search.listing import Listing
from search.sentence import SUBSECTOR, TOPIC, Head, Phrase, Sentence


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

FUNDING_SENTENCE = Sentence(
    head=Head(
        counted=ngettext_lazy("%(count)s funding scheme", "%(count)s funding schemes", "total"),
        none=_("No funding schemes"),
    ),
    phrases={
        "kind": Phrase(
            template=_("%(sentence)s in the form of %(values)s"),
            items={
                FundingKind.GRANT.value: pgettext_lazy("in the form of", "grants"),
                FundingKind.LOAN.value: pgettext_lazy("in the form of", "loans"),
                FundingKind.GUARANTEE.value: pgettext_lazy("in the form of", "guarantees"),
                FundingKind.PRIZE.value: pgettext_lazy("in the form of", "prizes"),
                FundingKind.RESIDENCY.value: pgettext_lazy("in the form of", "residencies"),
                FundingKind.VOUCHER.value: pgettext_lazy("in the form of", "vouchers"),
            },
        ),
        "applicant": Phrase(
            template=pgettext_lazy("who may apply", "%(sentence)s for %(values)s"),
            items={
                Applicant.FREELANCER.value: pgettext_lazy("for", "freelancers"),
                Applicant.COMPANY.value: pgettext_lazy("for", "companies"),
                Applicant.ASSOCIATION.value: pgettext_lazy("for", "associations"),
                Applicant.STUDENT.value: pgettext_lazy("for", "students"),
            },
        ),
        "subsector": SUBSECTOR,
        "topic": TOPIC,
        "status": Phrase(
            template=pgettext_lazy("status of funding", "%(sentence)s, %(values)s"),
            items={
                FundingStatus.OPEN.value: npgettext_lazy("status of funding", "open", "open", "total"),
                FundingStatus.CLOSING.value: npgettext_lazy(
                    "status of funding", "closing soon", "closing soon", "total"
                ),
                FundingStatus.CLOSED.value: npgettext_lazy("status of funding", "closed", "closed", "total"),
            },
        ),
    },
)

FUNDING = Listing(
    name="funding",
    documents=("funding",),
    facets=FUNDING_FACETS,
    sorts=("relevance", "soonest", "name"),
    default_sort="soonest",
    sentence=FUNDING_SENTENCE,
    columns=(
        TITLE,
        text("funder", _("Funder")),
        choice("kind", _("Kind"), FundingKind),
        choice("applicants", _("Who may apply"), Applicant),
        text("amount_from", _("Amount from (euro)")),
        text("amount_to", _("Amount up to (euro)")),
        text("rate", _("Rate (per cent)")),
        text("deadline", _("Deadline")),
        flag("is_rolling", _("Rolling")),
        SUMMARY,
        LANGUAGE,
        ADDRESS,
    ),
)
