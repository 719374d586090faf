from django.utils.translation import gettext_lazy as _

from core.models import Skill, Subsector, Topic
from search.facets import TermsFacet
from search.listing import Listing

GUIDE_FACETS = (
    TermsFacet("topic", _("Topic"), choices=Topic.choices_here),
    TermsFacet("subsector", _("Subsector"), choices=Subsector.choices_here),
    TermsFacet("skill", _("Skill"), choices=Skill.choices_here),
)

GUIDES = Listing(
    name="guides",
    documents=("guide",),
    facets=GUIDE_FACETS,
    sorts=("relevance", "name", "newest"),
    default_sort="name",
)
