from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy

from core.models import Skill, Subsector, Topic
from search.columns import ADDRESS, LANGUAGE, SUMMARY, TITLE, terms
from search.facets import TermsFacet
from search.listing import Listing
from search.sentence import SUBSECTOR, TOPIC, Head, Phrase, Sentence

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
    sentence=Sentence(
        head=Head(counted=ngettext_lazy("%(count)s guide", "%(count)s guides", "total"), none=_("No guides")),
        phrases={
            "subsector": SUBSECTOR,
            "topic": TOPIC,
            "skill": Phrase(
                template=npgettext_lazy(
                    "guides", "%(sentence)s, useful for %(values)s", "%(sentence)s, useful for %(values)s", "number"
                )
            ),
        },
    ),
    columns=(TITLE, SUMMARY, terms("topics", _("Topic"), Topic), LANGUAGE, ADDRESS),
)
