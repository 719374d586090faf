"""The parts of Luxembourg people speak of: which cantons they are, and what they are called.

South, north, east and centre are the country's four electoral districts: no canton is left out or in two of them.
Minett, Éislek and the Moselle are older names of about the same. Names are words of a search: no « Est » and no
« Centre » alone, which are in every other French text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from directory.enums import Area
from search.lexicon import Concept


@dataclass(frozen=True, kw_only=True)
class Region:
    slug: str  # behind "area:" in the concepts a member carries; no value of the facet
    areas: frozenset[str]
    names: Mapping[str, tuple[str, ...]]  # language → what it is called, the first is shown; {}: nothing is asked by it


def _areas(*areas: Area) -> frozenset[str]:
    return frozenset(area.value for area in areas)


SOUTH = Region(
    slug="south",
    areas=_areas(Area.ESCH_SUR_ALZETTE, Area.CAPELLEN),
    names={
        "fr": ("Sud", "Sud du Luxembourg", "Sud du pays"),
        "de": ("Süden", "Südluxemburg", "Süden von Luxemburg"),
        "en": ("South", "South of Luxembourg"),
    },
)
NORTH = Region(
    slug="north",
    areas=_areas(Area.CLERVAUX, Area.DIEKIRCH, Area.REDANGE, Area.VIANDEN, Area.WILTZ),
    names={
        "fr": ("Nord", "Nord du Luxembourg", "Nord du pays"),
        "de": ("Norden", "Nordluxemburg", "Norden von Luxemburg"),
        "en": ("North", "North of Luxembourg"),
    },
)
EAST = Region(
    slug="east",
    areas=_areas(Area.ECHTERNACH, Area.GREVENMACHER, Area.REMICH),
    names={
        "fr": ("Luxembourg oriental",),
        "de": ("Osten", "Ostluxemburg"),
        "en": ("East", "Eastern Luxembourg"),
    },
)
CENTRE = Region(
    slug="centre", areas=_areas(Area.LUXEMBOURG, Area.MERSCH), names={}
)  # nobody looks for a studio in it by a name that says where it is
MINETT = Region(
    slug="minett",
    areas=_areas(Area.ESCH_SUR_ALZETTE),
    names={
        "fr": ("Minett", "Terres Rouges", "Pays des Terres Rouges", "Bassin minier"),
        "de": ("Minett", "Land der Roten Erde"),
        "en": ("Minett", "Red Rock", "Red Rock region", "Land of the Red Rocks"),
    },
)
OESLING = Region(
    slug="oesling",
    areas=NORTH.areas,
    names={
        "fr": ("Éislek", "Oesling", "Ardennes luxembourgeoises"),
        "de": ("Ösling", "Éislek", "Luxemburger Ardennen"),
        "en": ("Éislek", "Oesling", "Luxembourg Ardennes"),
    },
)
MOSELLE = Region(
    slug="moselle",
    areas=_areas(Area.GREVENMACHER, Area.REMICH),
    names={
        "fr": ("Moselle", "Moselle luxembourgeoise", "Miselerland"),
        "de": ("Mosel", "Luxemburger Mosel", "Miselerland"),
        "en": ("Moselle", "Luxembourg Moselle", "Miselerland"),
    },
)
REGIONS = (SOUTH, NORTH, EAST, CENTRE, MINETT, OESLING, MOSELLE)
ALL_CANTONS = SOUTH.areas | NORTH.areas | EAST.areas | CENTRE.areas


def area_concepts(area: str) -> list[str]:
    """What a member of this area carries: the area, and the regions it is part of."""
    return [f"area:{area}", *(f"area:{region.slug}" for region in REGIONS if area in region.areas and region.names)]


def region_concepts() -> Iterable[Concept]:
    for region in REGIONS:
        if region.names:
            yield Concept(id=f"area:{region.slug}", kind_label=_("Area"), words=region.names, in_parts=False)
