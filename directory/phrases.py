"""How the directory says what was chosen: "12 design and gaming studios in the canton of Esch-sur-Alzette, open for
work, speaking German". Areas, sizes and languages are said in words of their own, since their labels stand alone."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext_lazy

from directory.enums import Area, SpokenLanguage, TeamSize
from directory.regions import ALL_CANTONS, CENTRE, EAST, NORTH, SOUTH
from search.sentence import QUERY, WORDS, Group, Head, Kinds, Phrase, Sentence, Whole

STUDIOS = Head(counted=ngettext_lazy("%(count)s studio", "%(count)s studios", "total"), none=_("No studios"))
STUDIOS_OF_KIND = Kinds(
    facet="subsector",
    head=Head(
        counted=ngettext_lazy("%(count)s %(kinds)s studio", "%(count)s %(kinds)s studios", "total"),
        none=_("No %(kinds)s studios"),
    ),
    template=npgettext_lazy("kinds of studios", "%(values)s", "%(values)s", "number"),
    item=pgettext_lazy("kind of studio", "%(values)s"),
    item_before_vowel=pgettext_lazy("kind of studio, before a vowel", "%(values)s"),
)

CANTONS = Group(
    template=ngettext_lazy("in the canton of %(values)s", "in the cantons of %(values)s", "number"),
    items={
        Area.CAPELLEN.value: pgettext_lazy("canton of", "Capellen"),
        Area.CLERVAUX.value: pgettext_lazy("canton of", "Clervaux"),
        Area.DIEKIRCH.value: pgettext_lazy("canton of", "Diekirch"),
        Area.ECHTERNACH.value: pgettext_lazy("canton of", "Echternach"),
        Area.ESCH_SUR_ALZETTE.value: pgettext_lazy("canton of", "Esch-sur-Alzette"),
        Area.GREVENMACHER.value: pgettext_lazy("canton of", "Grevenmacher"),
        Area.LUXEMBOURG.value: pgettext_lazy("canton of", "Luxembourg"),
        Area.MERSCH.value: pgettext_lazy("canton of", "Mersch"),
        Area.REDANGE.value: pgettext_lazy("canton of", "Redange"),
        Area.REMICH.value: pgettext_lazy("canton of", "Remich"),
        Area.VIANDEN.value: pgettext_lazy("canton of", "Vianden"),
        Area.WILTZ.value: pgettext_lazy("canton of", "Wiltz"),
    },
)
REGIONS = Group(
    items={
        Area.LORRAINE.value: _("in Lorraine"),
        Area.WALLONIE.value: _("in Wallonia"),
        Area.OSTBELGIEN.value: _("in East Belgium"),
        Area.RHEINLAND_PFALZ.value: _("in Rhineland-Palatinate"),
        Area.SAARLAND.value: _("in Saarland"),
    }
)
PARTS_OF_THE_COUNTRY = (
    Whole(values=ALL_CANTONS, item=_("in Luxembourg")),
    Whole(values=SOUTH.areas, item=_("in the south")),
    Whole(values=CENTRE.areas, item=_("in the centre of the country")),
    Whole(values=NORTH.areas, item=_("in the north")),
    Whole(values=EAST.areas, item=_("in the east")),
)
SIZES = {
    TeamSize.ONE.value: _("of one person"),
    TeamSize.TWO_TO_FOUR.value: _("of 2 to 4 people"),
    TeamSize.FIVE_TO_NINE.value: _("of 5 to 9 people"),
    TeamSize.TEN_TO_24.value: _("of 10 to 24 people"),
    TeamSize.FROM_25.value: _("of 25 people or more"),
}
LANGUAGES = {
    SpokenLanguage.LUXEMBOURGISH.value: pgettext_lazy("spoken", "Luxembourgish"),
    SpokenLanguage.FRENCH.value: pgettext_lazy("spoken", "French"),
    SpokenLanguage.GERMAN.value: pgettext_lazy("spoken", "German"),
    SpokenLanguage.ENGLISH.value: pgettext_lazy("spoken", "English"),
    SpokenLanguage.PORTUGUESE.value: pgettext_lazy("spoken", "Portuguese"),
    SpokenLanguage.ITALIAN.value: pgettext_lazy("spoken", "Italian"),
    SpokenLanguage.SPANISH.value: pgettext_lazy("spoken", "Spanish"),
    SpokenLanguage.DUTCH.value: pgettext_lazy("spoken", "Dutch"),
}

DIRECTORY_SENTENCE = Sentence(
    head=STUDIOS,
    kinds=STUDIOS_OF_KIND,
    phrases={
        "size": Phrase(template=pgettext_lazy("sizes", "%(sentence)s %(values)s"), items=SIZES),
        QUERY: WORDS,
        "area": Phrase(
            template=pgettext_lazy("areas", "%(sentence)s %(values)s"),
            groups=(CANTONS, REGIONS),
            wholes=PARTS_OF_THE_COUNTRY,
        ),
        "skill": Phrase(
            template=ngettext_lazy("%(sentence)s, offering %(values)s", "%(sentence)s, offering %(values)s", "number")
        ),
        "available": Phrase(
            template=ngettext_lazy("%(sentence)s, open for work", "%(sentence)s, open for work", "total")
        ),
        "collaborates": Phrase(
            template=ngettext_lazy(
                "%(sentence)s, open for collaboration", "%(sentence)s, open for collaboration", "total"
            )
        ),
        "language": Phrase(template=_("%(sentence)s, speaking %(values)s"), items=LANGUAGES),
    },
)
