import datetime

from django.utils.translation import gettext_lazy as _

from core import indexing
from core.models import Topic
from funding.enums import FundingKind
from funding.facets import FUNDING_FACETS
from funding.models import FundingPage
from search.documents import Prepared, SearchDocument, day_end, register
from search.lexicon import choices_as_concepts


@register
class FundingDocument(SearchDocument):
    doc_type = "funding"
    label = _("Funding")
    model = FundingPage
    weight = 1.4
    facets = FUNDING_FACETS
    depends_on = ("core.Topic", "core.Subsector")

    @classmethod
    def queryset(cls):
        return FundingPage.objects.select_related("locale").prefetch_related("topics", "subsectors")

    @classmethod
    def prepare(cls, pages: list[FundingPage]) -> Prepared:
        first = pages[0]
        topics, subsectors = list(first.topics.all()), list(first.subsectors.all())
        return Prepared(
            title={page.language: page.title for page in pages},
            concepts=[*indexing.concepts([*topics, *subsectors]), f"kind:{first.kind}"],
            summary={page.language: page.introduction for page in pages},
            text={
                page.language: indexing.prose(
                    page.funder,
                    indexing.rich_text(page.rules),
                    indexing.rich_text(page.how_to_apply),
                    indexing.stream_text(page, "body"),
                )
                for page in pages
            },
            values={
                "kind": [first.kind],
                "applicant": list(first.applicants),
                "topic": [topic.slug for topic in topics],
                "subsector": [subsector.slug for subsector in subsectors],
            },
            cards={page.language: {**indexing.card_base(page), **_facts(page)} for page in pages},
            sort_date=first.first_published_at,
            axis_date=_last_moment(first.deadline) if first.deadline else None,
        )

    @classmethod
    def keys_for(cls, instance):
        pages = FundingPage.objects.filter(**{"topics" if isinstance(instance, Topic) else "subsectors": instance})
        return pages.values_list("translation_key", flat=True)

    @classmethod
    def more_concepts(cls):
        return choices_as_concepts("kind", _("Kind"), FundingKind.choices)


def _last_moment(deadline: datetime.date) -> datetime.datetime:
    """On its last day a scheme is still to come: what is sorted by deadline has it before what has none."""
    return day_end(deadline) - datetime.timedelta(seconds=1)


def _facts(page: FundingPage) -> dict:
    return {
        "funder": page.funder,
        "kind": page.kind,
        "amount_from": page.amount_from,
        "amount_to": page.amount_to,
        "rate": page.rate,
        "deadline": page.deadline.isoformat() if page.deadline else None,
        "is_rolling": page.is_rolling,
        "applicants": list(page.applicants),
    }
