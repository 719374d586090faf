"""A small cluster with everything the two engines could disagree about: compounds, elisions, accents, ties, gaps."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from django.utils import timezone

from core.models import BasePage, Skill, Subsector, Topic
from home.services import Tree
from tests.factories.core import SkillFactory, SubsectorFactory, TopicFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.events import EventPageFactory
from tests.factories.funding import FundingPageFactory
from tests.factories.home import make_tree
from tests.factories.news import NewsPageFactory
from tests.factories.pages import translate

# Language, name, summary. The third is what search has to understand.
MEMBERS = (
    ("de", "Bauingenieurbüro Weiß", "Tragwerke, Umbauten und Denkmalpflege für Gemeinden an der Straße der Römer."),
    ("fr", "Studio Élan", "L’illustration et l'affiche pour les musées, les théâtres et l’édition."),
    ("fr", "Atelier de l’Œuvre", "Illustrations d’auteur, gravures et œuvres imprimées, études créées sur mesure."),
    ("de", "Anna Müller", "Hochzeitsfotografin in Trier; Fotografien mit Gefühl und Licht."),
    ("en", "The Designer's Table", "Interior designers making furniture, lighting and exhibitions for museums."),
    ("en", "elan collective", "Sound designers and music for games; added value in studios."),
    ("de", "Spielwerk GmbH", "Spieleentwicklung, Musikvideos und Theaterkostüme aus Saarbrücken."),
    ("fr", "Musée Imaginaire", "Scénographie d’exposition, médiation, muséographie et son."),
    ("fr", "Müller & Fils", "Ébénistes : meubles, escaliers, restauration du patrimoine."),
    ("en", "Zoë Ångström", "Jewellery in gold and silver, naïve forms, façade pieces."),
    ("de", "Straßenkunst e. V.", "Wandmalerei, Straßentheater und Kunst am Bau."),
    ("fr", "L'Atelier", "Graphistes : identités, affiches, éditions."),
)
AREAS = ("luxembourg", "esch-sur-alzette", "saarland", "lorraine")
SIZES = ("1", "2-4", "5-9")
DAY = datetime.timedelta(days=1)


@dataclass
class Content:
    tree: Tree
    subsectors: list[Subsector] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    members: list[BasePage] = field(default_factory=list)

    def fresh(self) -> Content:
        """The same, read again: what one test did to its objects is nothing to the next."""
        tree = {code: {name: _again(page) for name, page in pages.items()} for code, pages in self.tree.items()}
        terms = ([_again(term) for term in terms] for terms in (self.subsectors, self.skills, self.topics))
        return Content(tree, *terms, [_again(page) for page in self.members])


def _again(instance):
    return type(instance)._default_manager.get(pk=instance.pk)


def make_content() -> Content:
    content = Content(make_tree())
    for slug in ("design", "music", "film", "architecture"):
        content.subsectors.append(SubsectorFactory(slug=slug))
    illustration = {"fr": "Illustration", "de": "Illustration", "en": "Illustration"}
    content.skills = [
        SkillFactory(slug="illustration", labels=illustration, subsector=content.subsectors[0]),
        SkillFactory(slug="sound", labels={"fr": "Création sonore", "de": "Sounddesign", "en": "Sound design"}),
        SkillFactory(slug="photography", labels={"fr": "Photographie", "de": "Fotografie", "en": "Photography"}),
    ]
    content.topics = [TopicFactory(slug="contracts"), TopicFactory(slug="finance")]
    chance = random.Random(3)  # the same every time
    for number in range(36):
        content.members.append(_member(content, number, chance))
    _others(content, chance)
    return content


def _member(content: Content, number: int, chance: random.Random) -> BasePage:
    language, name, summary = MEMBERS[number % len(MEMBERS)]
    page = MemberPageFactory(
        parent=content.tree[language]["directory"],
        title=name if number < len(MEMBERS) else f"{name} {number}",
        slug=f"member-{number}",
        summary=summary,
        description=f"<p>{summary}</p>",
        subsectors=chance.sample(content.subsectors, chance.choice([1, 2])),
        skills=chance.sample(content.skills, chance.choice([0, 1, 2])),
        area=chance.choice(AREAS),
        team_size=chance.choice(SIZES),
        spoken_languages=chance.sample(["fr", "de", "en", "lb"], 2),
        open_for_work=chance.random() < 0.5,
        open_for_collaboration=chance.random() < 0.5,
        # Many joined on the same day: order must not depend on chance.
        joined_on=datetime.date(2026, 1, 1 + number % 4),
    )
    if number % 3 == 0:
        other = "en" if language == "fr" else "fr"
        translate(page, other, summary=f"{summary} Traduction, translation.")
    return page


def _others(content: Content, chance: random.Random) -> None:
    here, today = content.tree["fr"], timezone.localdate()
    for number, days in enumerate((-400, -30, -1, 0, 1, 5, 20, 60, 200, None)):
        deadline = None if days is None else today + days * DAY
        topics = chance.sample(content.topics, 1)
        FundingPageFactory(parent=here["funding"], title=f"Aide {number}", deadline=deadline, topics=topics)
        if days is not None:
            start = timezone.now() + days * DAY
            EventPageFactory(parent=here["events"], title=f"Soirée {number}", starts_at=start)
        date = today - number % 3 * DAY
        NewsPageFactory(parent=here["news"], title=f"Prix d’illustration {number}", date=date, topics=topics)
