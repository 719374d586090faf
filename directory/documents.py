"""A member as the search sees it. The contact details are left out here, and so of every copy made from it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import indexing
from core.models import Skill, Subsector
from directory.enums import Area
from directory.facets import DIRECTORY_FACETS
from directory.models import MemberPage
from directory.regions import area_concepts, region_concepts
from search.documents import Prepared, SearchDocument, register
from search.lexicon import choices_as_concepts


@register
class MemberDocument(SearchDocument):
    doc_type = "member"
    label = _("Members")
    model = MemberPage
    facets = DIRECTORY_FACETS
    depends_on = ("core.Skill", "core.Subsector", "core.CustomImage")

    @classmethod
    def queryset(cls):
        return MemberPage.objects.select_related("locale").prefetch_related(
            "skills",
            "subsectors",
            indexing.images("cover", "card"),
            indexing.images("logo", "logo"),
        )

    @classmethod
    def prepare(cls, pages: list[MemberPage]) -> Prepared:
        first = pages[0]
        subsectors, skills = list(first.subsectors.all()), list(first.skills.all())
        return Prepared(
            title={page.language: page.title for page in pages},
            concepts=[*indexing.concepts([*skills, *subsectors]), *area_concepts(first.area)],
            summary={page.language: page.summary for page in pages},
            works={page.language: _works(page) for page in pages},
            text={page.language: _text(page) for page in pages},
            values={
                "subsector": [subsector.slug for subsector in subsectors],
                "skill": [skill.slug for skill in skills],
                "area": [first.area],
                "language": list(first.spoken_languages),
                "size": [first.team_size],
                "available": ["yes"] if first.open_for_work else [],
                "collaborates": ["yes"] if first.open_for_collaboration else [],
            },
            cards={page.language: _card(page, subsectors, skills) for page in pages},
            sort_name=first.title,
            sort_date=first.joined_on or first.first_published_at,
        )

    @classmethod
    def keys_for(cls, instance):
        if instance._meta.model_name == "customimage":
            chosen = Q(logo=instance) | Q(cover=instance)
        else:
            chosen = Q(skills=instance) if isinstance(instance, Skill) else Q(subsectors=instance)
        return MemberPage.objects.filter(chosen).values_list("translation_key", flat=True)

    @classmethod
    def more_concepts(cls):
        return [*choices_as_concepts("area", _("Area"), Area.choices), *region_concepts()]


def _works(page: MemberPage) -> str:
    """ "Affiche du festival, Ville de Wiltz. Catalogue, Musée de la mine." """
    return indexing.prose(
        *(", ".join(filter(None, [block.value["title"], block.value["client"]])) for block in page.works)
    )


def _text(page: MemberPage) -> str:
    """Without looking_for: who misses a carpenter is not who a client of carpenters searches."""
    return indexing.prose(
        indexing.rich_text(page.description),
        indexing.stream_text(page, "services"),
        page.offering,
        page.city,
    )


def _card(page: MemberPage, subsectors: list[Subsector], skills: list[Skill]) -> dict:
    return {
        **indexing.card_base(page),
        "summary": page.summary,
        "subsectors": [subsector.slug for subsector in subsectors],
        "skills": [skill.slug for skill in skills],
        "area": page.area,
        "city": page.city,
        "website": page.website,  # the public profile shows it to everybody
        "team_size": page.team_size,
        "spoken_languages": list(page.spoken_languages),
        "available": page.open_for_work,
        "collaborates": page.open_for_collaboration,
        "cover": indexing.picture(page.cover, "card", page.cover_alt),
        "logo": indexing.picture(page.logo, "logo"),
        "slug": page.slug,
    }
