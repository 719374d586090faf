"""A small portal with one thing of each kind: once full of optional content in every language, once bare in French."""

import copy
import datetime
import json
from dataclasses import dataclass, field, replace
from typing import Any

from core.models import BasePage, CustomDocument, CustomImage, SiteSettings, Skill, Subsector, Topic
from home.services import Tree
from tests.factories.core import LANGUAGES, DocumentFactory, ImageFactory, SkillFactory, SubsectorFactory, TopicFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.events import EventPageFactory
from tests.factories.funding import FundingPageFactory
from tests.factories.guides import GuidePageFactory
from tests.factories.home import StandardPageFactory, make_tree, story
from tests.factories.news import NewsPageFactory
from tests.factories.pages import publish, translate

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
# Stand on every full member; nobody who is not signed in may ever find them anywhere.
CONTACT_MARKERS = ("Planted Person", "planted@contact.example", "+352 555 987 654")
VIDEO = "https://www.youtube.com/watch?v=ScMzIvxBSi4"


@dataclass
class World:
    tree: Tree
    subsectors: list[Subsector]
    skill: Skill
    topic: Topic
    image: CustomImage
    document: CustomDocument
    full: dict[str, dict[str, BasePage]] = field(default_factory=dict)  # kind → language → page
    bare: dict[str, BasePage] = field(default_factory=dict)  # kind → page in French, not translated

    def copy(self) -> "World":
        """The same rows as objects of one's own: what a test does to them does not reach the next one."""
        return replace(
            self,
            tree={code: _copied(pages) for code, pages in self.tree.items()},
            full={kind: _copied(pages) for kind, pages in self.full.items()},
            bare=_copied(self.bare),
        )

    def reload(self) -> None:
        for pages in (*self.tree.values(), *self.full.values(), self.bare):
            for name, page in pages.items():
                pages[name] = type(page).objects.get(pk=page.pk)

    def every_page(self) -> list[BasePage]:
        pages = [page for names in self.tree.values() for page in names.values()]
        pages += [page for translations in self.full.values() for page in translations.values()]
        return [*pages, *self.bare.values()]


def _copied(pages: dict[str, BasePage]) -> dict[str, BasePage]:
    return {name: copy.copy(page) for name, page in pages.items()}


def make_world() -> World:
    tree = make_tree()
    SiteSettings.objects.create(name="Testnetz", contact_email="office@cluster.example")
    world = World(
        tree=tree,
        subsectors=[SubsectorFactory(slug=slug) for slug in ("design", "music", "film")],
        skill=SkillFactory(slug="branding", subsector=Subsector.objects.get(slug="design")),
        topic=TopicFactory(slug="contracts"),
        image=ImageFactory(credit="A. Photographer"),
        document=DocumentFactory(),
    )
    makers = {"member": _member, "funding": _funding, "news": _news, "guide": _guide, "event": _event, "page": _plain}
    for kind, make in makers.items():
        page = make(world)
        world.full[kind] = {"fr": page, **{code: translate(page, code) for code in LANGUAGES if code != "fr"}}
    world.bare = _bare(tree, world.subsectors[0])
    _fill_front_pages(world)
    world.reload()
    return world


def _bare(tree: Tree, subsector: Subsector) -> dict[str, BasePage]:
    here = tree["fr"]
    return {
        "member": MemberPageFactory(parent=here["directory"], slug="bare", subsectors=[subsector]),
        "funding": FundingPageFactory(parent=here["funding"], slug="bare"),
        "news": NewsPageFactory(parent=here["news"], slug="bare"),
        "guide": GuidePageFactory(parent=here["guides"], slug="bare"),
        "event": EventPageFactory(parent=here["events"], slug="bare"),
        "page": StandardPageFactory(parent=here["home"], slug="bare"),
    }


def every_block(world: World) -> str:
    """One of each block of StoryBlock that the world has the parts for so far."""
    picture = {"image": world.image.pk, "alt": "A picture", "caption": "Caption", "credit": ""}
    pair = {"title": "Title", "text": "<p>Text.</p>"}
    cells = {"data": [["a", "b"], ["1", "2"]], "first_row_is_table_header": True, "table_header_choice": "row"}
    blocks: list[tuple[str, Any]] = [
        ("heading", {"text": LONG_WORD}),
        ("text", f"<p>{LONG_WORD}</p>"),
        ("picture", picture),
        ("gallery", {"title": "Gallery", "pictures": [picture, picture]}),
        ("quote", {"quote": "Said so.", "person": "Somebody", "role": ""}),
        ("call_out", {"tone": "tip", "title": "Tip", "text": "<p>Do.</p>"}),
        ("steps", {"title": "Steps", "steps": [pair, pair]}),
        ("accordion", {"entries": [pair]}),
        ("table", {"caption": "Table", "table": cells}),
        ("download", {"document": world.document.pk, "title": ""}),
        ("video", {"url": VIDEO, "title": "Video", "poster": world.image.pk}),
        ("contact", {"name": "Team", "role": "", "email": "team@cluster.example", "phone": "", "photo": None}),
    ]
    for kind in ("member", "funding"):
        if kind in world.full:
            blocks.append((kind, {"page": world.full[kind]["fr"].pk, "note": "Note"}))
    return story(*blocks)


def _member(world: World) -> BasePage:
    name, email, phone = CONTACT_MARKERS
    other = MemberPageFactory(parent=world.tree["fr"]["directory"], slug="credited", subsectors=[world.subsectors[1]])
    work = {"image": world.image.pk, "alt": "Work", "title": "Work", "year": 2024, "client": "", "credits": [other.pk]}
    return MemberPageFactory(
        parent=world.tree["fr"]["directory"],
        title=f"Atelier {LONG_WORD}",
        slug="atelier",
        logo=world.image,
        cover=world.image,
        cover_alt="The studio",
        subsectors=world.subsectors,
        skills=[world.skill],
        services=story(("service", "Posters")),
        works=story(("work", work)),
        social_links=story(("link", {"name": "Mastodon", "url": "https://mastodon.example/@atelier"})),
        founded=1998,
        street="1, rue de la Forge",
        postcode="L-1234",
        city="Luxembourg",
        website="https://atelier.example",
        open_for_work=True,
        open_for_collaboration=True,
        looking_for="A composer",
        offering="A workshop",
        contact_name=name,
        contact_email=email,
        contact_phone=phone,
        joined_on=datetime.date(2026, 1, 1),
    )


def _funding(world: World) -> BasePage:
    download = {"document": world.document.pk, "title": "Form"}
    return FundingPageFactory(
        parent=world.tree["fr"]["funding"],
        slug="grant",
        amount_from=1000,
        amount_to=25000,
        rate=50,
        applicants=["freelancer", "company"],
        rules="<p>Rules.</p>",
        deadline=datetime.date.today() + datetime.timedelta(days=5),
        body=every_block(world),
        how_to_apply="<p>Write.</p>",
        documents=story(("download", download)),
        procedure_url="https://procedure.example/apply",
        topics=[world.topic],
        subsectors=world.subsectors[:1],
    )


def _news(world: World) -> BasePage:
    correction = {"date": "2026-03-04", "text": "A name was wrong."}
    return NewsPageFactory(
        parent=world.tree["fr"]["news"],
        slug="prize",
        lead_image=world.image,
        lead_image_alt="The prize",
        social_image=world.image,
        topics=[world.topic],
        subsectors=world.subsectors,
        body=every_block(world),
        related_pages=story(("page", world.full["funding"]["fr"].pk), ("page", world.full["member"]["fr"].pk)),
        corrections=story(("correction", correction)),
    )


def _guide(world: World) -> BasePage:
    section = {"heading": "Section", "body": json.loads(every_block(world))}
    return GuidePageFactory(
        parent=world.tree["fr"]["guides"],
        slug="copyright",
        key_points=story(("point", "Write it down.")),
        sections=story(("section", section), ("section", section)),
        references=story(("reference", {"label": "Law, art. 3", "url": "https://law.example/3"})),
        glossary=story(("term", {"term": "Author", "definition": "Who makes."})),
        downloads=story(("download", {"document": world.document.pk, "title": ""})),
        who_to_ask="<p>The team.</p>",
        topics=[world.topic],
        subsectors=world.subsectors[:2],
        skills=[world.skill],
    )


def _event(world: World) -> BasePage:
    return EventPageFactory(
        parent=world.tree["fr"]["events"],
        slug="evening",
        lead_image=world.image,
        address="3, place des Rotondes",
        organiser="The cluster",
        price="12.50",
        registration_url="https://register.example/",
        body=every_block(world),
        programme=story(("entry", {"time": "18:30:00", "what": "Doors"})),
        topics=[world.topic],
        subsectors=world.subsectors[:1],
    )


def _plain(world: World) -> BasePage:
    return StandardPageFactory(
        parent=world.tree["fr"]["home"],
        slug="about",
        introduction="Who we are.",
        body=every_block(world),
        downloads=story(("download", {"document": world.document.pk, "title": "Brochure"})),
    )


def _fill_front_pages(world: World) -> None:
    for code in LANGUAGES:
        home = world.tree[code]["home"]
        home.refresh_from_db()  # its number of children has changed since
        home.hero_text, home.hero_image, home.join_title = "Come in.", world.image, "Join"
        home.join_text, home.join_label, home.join_page = "Be one of us.", "Join us", world.full["page"][code]
        publish(home)
