"""Demo: who signs in, the vocabulary, the settings, the plain pages."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Locale

from core.models import (
    CustomDocument,
    CustomImage,
    SiteSettings,
    SiteText,
    Skill,
    SkillLabel,
    SocialLink,
    Subsector,
    SubsectorLabel,
    Supporter,
    Topic,
    TopicLabel,
)
from home.demo import content, pictures, prose
from home.models import StandardPage
from home.services import Tree, build_language_trees, publish_translation

# Log-in → group; the administrator needs none.
ACCOUNTS = {"administrator": None, "editor": "Editors", "moderator": "Moderators", "member": "Members"}
DOMAIN = "kreativ-reseau.example"
CODES = [code for code, _name in settings.LANGUAGES]
DEMO_VIDEO = "https://www.youtube.com/watch?v=ScMzIvxBSi4"


def make_accounts(password: str) -> dict:
    """Name → user. Raises nothing for accounts that exist: they keep their password."""
    users = {}
    for name, group in ACCOUNTS.items():
        email = f"{name}@{DOMAIN}"
        user = get_user_model().objects.filter(email=email).first()
        if user is None:
            create = (
                get_user_model().objects.create_superuser if group is None else get_user_model().objects.create_user
            )
            user = create(email, password, first_name=name.capitalize(), last_name="Demo")
        if group:
            user.groups.add(Group.objects.get_or_create(name=group)[0])
        users[name] = user
    return users


def make_terms() -> dict[str, dict]:
    """Vocabulary → slug → term."""
    found: dict[str, dict] = {"subsectors": {}, "skills": {}, "topics": {}}
    for position, record in enumerate(content.subsectors()):
        term = Subsector(slug=record["slug"], position=position)
        for code in CODES:
            term.labels.add(
                SubsectorLabel(language=code, label=record["label"][code], description=record["description"][code])
            )
        term.save()
        found["subsectors"][term.slug] = term
    for position, record in enumerate(content.skills()):
        term = Skill(slug=record["slug"], position=position, subsector=found["subsectors"][record["subsector"]])
        for code in CODES:
            synonyms = ", ".join(record["synonyms"][code])
            term.labels.add(SkillLabel(language=code, label=record["label"][code], synonyms=synonyms))
        term.save()
        found["skills"][term.slug] = term
    for position, record in enumerate(content.topics()):
        term = Topic(slug=record["slug"], position=position)
        for code in CODES:
            term.labels.add(TopicLabel(language=code, label=record["label"][code]))
        term.save()
        found["topics"][term.slug] = term
    return found


def make_settings() -> None:
    texts = content.pages()["site"]
    site = SiteSettings.objects.first() or SiteSettings()
    site.name = texts["fr"]["name"]
    site.contact_email = f"bonjour@{DOMAIN}"
    site.contact_phone = "+352 555 10 10"
    site.contact_address = texts["fr"]["contact_address"].replace(", ", "\n", 1)
    for code in CODES:
        site.texts.add(SiteText(language=code, tagline=texts[code]["tagline"], footer_text=texts[code]["footer_text"]))
    for position, name in enumerate(("Mastodon", "LinkedIn", "Instagram")):
        site.social_links.add(
            SocialLink(name=name, url=f"https://{name.lower()}.example/kreativ-reseau", sort_order=position)
        )
    for position, (record, subsector) in enumerate(
        zip(content.pages()["supporter"], ("literature", "crafts", "music"), strict=False)
    ):
        logo = make_image(pictures.logo(record["name"], subsector), record["name"])
        site.supporters.add(Supporter(name=record["name"], url=record["url"], logo=logo, sort_order=position))
    site.save()


def make_image(file, title: str, credit: str = "") -> CustomImage:
    image = CustomImage(title=title[:255], file=file, credit=credit)
    image.save()
    return image


def make_tree() -> Tree:
    texts = content.pages()
    home_texts = {code: texts["home"][code] for code in CODES}
    index_texts = {name: dict(languages) for name, languages in texts["indexes"].items()}
    return build_language_trees(home_texts=home_texts, index_texts=index_texts)


def make_plain_pages(tree: Tree, user) -> dict[str, StandardPage]:
    """Key → page in French; translated into all languages."""
    made = {}
    for record in content.pages()["standard"]:
        key = record["key"]
        fields = {code: _plain_fields(key, record["text"][code]) for code in CODES}
        page = StandardPage(locale=tree["fr"]["home"].locale, show_in_menus=key in ("about", "join"), **fields["fr"])
        if key == "brochures":
            page.downloads = json.dumps(_downloads("fr"))
        tree["fr"]["home"].add_child(instance=page)
        page.save_revision(user=user).publish()
        for code in CODES:
            if code != "fr":
                extra = {"downloads": json.dumps(_downloads(code))} if key == "brochures" else {}
                publish_translation(page, Locale.objects.get(language_code=code), {**fields[code], **extra}, user)
        made[key] = page
    _link_join_page(tree, made["join"])
    return made


def _plain_fields(key: str, text: dict) -> dict:
    return {
        "title": text["title"],
        "slug": text["slug"],
        "introduction": text["introduction"],
        "body": json.dumps(prose.story(text["body"], f"plain/{key}")),
    }


def _downloads(code: str) -> list[dict]:
    blocks = []
    for index, record in enumerate(content.load("showcase")["brochure"]):
        title, line = record[code]
        document = CustomDocument(title=title, file=pictures.brochure(title, [line], record["subsector"]))
        document.full_clean(exclude=["collection"])
        document.save()
        blocks.append(
            {
                "type": "download",
                "value": {"document": document.pk, "title": ""},
                "id": prose.block_id("brochure", index),
            }
        )
    return blocks


def _link_join_page(tree: Tree, join: StandardPage) -> None:
    for code in CODES:
        home = tree[code]["home"]
        home.refresh_from_db()
        home.join_page = join if code == "fr" else join.get_translation(Locale.objects.get(language_code=code))
        home.save_revision().publish()


def show_every_block(page: StandardPage, images: list[CustomImage], member, user) -> None:
    """Append to a page and its translations the blocks that no other demo text uses."""
    for code in CODES:
        shown = page if code == "fr" else page.get_translation(Locale.objects.get(language_code=code))
        blocks = list(shown.body.raw_data) + _showcase(content.load("showcase")[code], images, member)
        shown.body = json.dumps([dict(block) for block in blocks])
        shown.save_revision(user=user).publish()


def _showcase(text: dict, images: list[CustomImage], member) -> list[dict]:
    pictures_shown = [
        {"image": image.pk, "alt": alt, "caption": caption, "credit": ""}
        for image, alt, caption in zip(images, text["alts"], text["captions"], strict=False)
    ]
    values = [
        ("call_out", {"tone": "note", "title": text["note_title"], "text": f"<p>{text['note_text']}</p>"}),
        ("steps", {"title": text["steps_title"], "steps": [_pair(step) for step in text["steps"]]}),
        ("quote", {"quote": text["quote"], "person": text["quote_person"], "role": text["quote_role"]}),
        ("gallery", {"title": text["gallery_title"], "pictures": pictures_shown}),
        ("table", {"caption": text["table_caption"], "table": _table(text)}),
        ("member", {"page": member.pk, "note": text["member_note"]}),
        ("video", {"url": DEMO_VIDEO, "title": text["video_title"], "poster": images[0].pk}),
        ("accordion", {"entries": [_pair(question) for question in text["questions"]]}),
        (
            "contact",
            {
                "name": text["contact_name"],
                "role": text["contact_role"],
                "email": f"lea.weyrich@{DOMAIN}",
                "phone": "+352 555 10 12",
                "photo": None,
            },
        ),
    ]
    return [
        {"type": kind, "value": value, "id": prose.block_id("showcase", index)}
        for index, (kind, value) in enumerate(values)
    ]


def _pair(pair: list[str]) -> dict:
    return {"title": pair[0], "text": f"<p>{pair[1]}</p>"}


def _table(text: dict) -> dict:
    return {
        "data": text["table"],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": "",
        "cell": [],
        "mergeCells": [],
    }
