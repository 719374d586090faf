from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import indexing
from core.models import Skill, Subsector, Topic
from guides.facets import GUIDE_FACETS
from guides.models import GuidePage
from search.documents import Prepared, SearchDocument, register


@register
class GuideDocument(SearchDocument):
    doc_type = "guide"
    label = _("Legal guides")
    model = GuidePage
    weight = 1.6
    facets = GUIDE_FACETS
    depends_on = ("core.Topic", "core.Subsector", "core.Skill")

    @classmethod
    def queryset(cls):
        return GuidePage.objects.select_related("locale").prefetch_related("topics", "subsectors", "skills")

    @classmethod
    def prepare(cls, pages: list[GuidePage]) -> Prepared:
        first = pages[0]
        topics, subsectors, skills = list(first.topics.all()), list(first.subsectors.all()), list(first.skills.all())
        return Prepared(
            title={page.language: page.title for page in pages},
            concepts=indexing.concepts([*topics, *subsectors, *skills]),
            summary={page.language: page.introduction for page in pages},
            text={
                page.language: indexing.stream_text(page, "key_points", "sections", "references", "glossary")
                for page in pages
            },
            values={
                "topic": [topic.slug for topic in topics],
                "subsector": [subsector.slug for subsector in subsectors],
                "skill": [skill.slug for skill in skills],
            },
            cards={
                page.language: {
                    **indexing.card_base(page),
                    "topics": [topic.slug for topic in topics],
                    "reviewed_on": page.reviewed_on.isoformat(),
                    "review_due": page.review_due.isoformat(),
                    "sections": len(page.sections),
                }
                for page in pages
            },
            sort_date=first.reviewed_on,
        )

    @classmethod
    def keys_for(cls, instance):
        field = {Topic: "topics", Subsector: "subsectors", Skill: "skills"}[type(instance)]
        return GuidePage.objects.filter(Q(**{field: instance})).values_list("translation_key", flat=True)
