from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.models import Skill, Subsector
from directory.area_map import AREA_MAP
from directory.enums import Area, SpokenLanguage, TeamSize
from directory.phrases import DIRECTORY_SENTENCE
from search.columns import ADDRESS, LANGUAGE, TITLE, choice, flag, terms, text
from search.facets import FlagFacet, TermsFacet
from search.listing import Listing


def _labels(enum: type[TextChoices]) -> dict[str, str]:
    return {value: str(label) for value, label in enum.choices}


DIRECTORY_FACETS = (
    TermsFacet("subsector", _("Subsector"), choices=Subsector.choices_here),
    TermsFacet("skill", _("Skill"), choices=Skill.choices_here),
    TermsFacet("area", _("Area"), choices=lambda: _labels(Area), drawing=AREA_MAP),
    TermsFacet("language", _("Language spoken"), choices=lambda: _labels(SpokenLanguage)),
    TermsFacet("size", _("Team size"), choices=lambda: _labels(TeamSize), order="choices"),
    FlagFacet("available", _("Open for work")),
    FlagFacet("collaborates", _("Open for collaboration")),
)

DIRECTORY = Listing(
    name="directory",
    documents=("member",),
    facets=DIRECTORY_FACETS,
    sorts=("relevance", "name", "newest"),
    default_sort="name",
    sentence=DIRECTORY_SENTENCE,
    columns=(
        TITLE,
        terms("subsectors", _("Subsector"), Subsector),
        terms("skills", _("Skill"), Skill),
        text("summary", _("Summary")),
        choice("area", _("Area"), Area),
        text("city", _("Town")),
        text("website", _("Website")),
        choice("team_size", _("Team size"), TeamSize),
        choice("spoken_languages", _("Languages spoken"), SpokenLanguage),
        flag("available", _("Open for work")),
        flag("collaborates", _("Open for collaboration")),
        LANGUAGE,
        ADDRESS,
    ),
)
