"""Demo: the members, their works, and who worked on what together."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator

from wagtail.models import Locale

from core.models import CustomImage
from directory.models import MemberPage
from home.demo import content, pictures, prose
from home.demo.frame import make_image
from home.services import Tree, publish_translation

PICTURES_PER_SUBSECTOR = 6
WORK_ALTS = {
    "fr": "Image de l’œuvre\u00a0: {}",
    "de": "Abbildung der Arbeit: {}",
    "en": "Picture of the work: {}",
}


class Members:
    """Publishes one member after the other. All choice is made by chance seeded with the member's name."""

    def __init__(self, tree: Tree, terms: dict[str, dict], user, today: datetime.date):
        self.tree, self.terms, self.user, self.today = tree, terms, user, today
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.pictures: dict[str, list[CustomImage]] = {}
        self.published: list[tuple[int, dict]] = []  # (page, record): who can be credited

    def make(self) -> Iterator[int]:
        for index, record in enumerate(content.members()):
            self._publish(record, random.Random(record["name"]))
            yield index

    def images(self, subsector: str) -> list[CustomImage]:
        if subsector not in self.pictures:
            self.pictures[subsector] = [
                make_image(
                    pictures.picture(subsector, f"work-{number}", (1280, 854)),
                    f"{subsector.replace('-', ' ').capitalize()} {number + 1}",
                )
                for number in range(PICTURES_PER_SUBSECTOR)
            ]
        return self.pictures[subsector]

    def _publish(self, record: dict, chance: random.Random) -> None:
        source, main = record["language"], record["subsectors"][0]
        works = [self._work(work, main, chance) for work in record["works"]]
        facts = self._facts(record, chance)
        text = self._text(record, source, works)
        page = MemberPage(locale=self.locales[source], owner=self.user, title=record["name"], **facts, **text)
        page.subsectors = [self.terms["subsectors"][slug] for slug in record["subsectors"]]
        page.skills = [self.terms["skills"][slug] for slug in record["skills"]]
        self.tree[source]["directory"].add_child(instance=page)
        page.save_revision(user=self.user).publish()
        for code in record["text"]:
            if code != source:
                publish_translation(page, self.locales[code], self._text(record, code, works), self.user)
        self.published.append((page.pk, record))

    def _facts(self, record: dict, chance: random.Random) -> dict:
        main = record["subsectors"][0]
        has_cover, has_logo = chance.random() < 0.6, chance.random() < 0.45
        return {
            "cover": chance.choice(self.images(main)) if has_cover else None,
            "logo": make_image(pictures.logo(record["name"], main), record["name"]) if has_logo else None,
            "team_size": record["size"],
            "founded": record["founded"],
            "spoken_languages": record["languages"],
            "area": record["area"],
            "street": record["street"],
            "postcode": record["postcode"],
            "city": record["city"],
            "website": record["website"],
            "contact_name": record["contact_name"],
            "contact_email": record["contact_email"],
            "contact_phone": record["phone"],
            "open_for_work": record["open_for_work"],
            "open_for_collaboration": record["open_for_collaboration"],
            "joined_on": self.today - datetime.timedelta(days=record["joined_days_ago"]),
        }

    def _work(self, work: dict, subsector: str, chance: random.Random) -> dict:
        return {
            "record": work,
            "image": chance.choice(self.images(subsector)).pk if chance.random() < 0.9 else None,
            "credits": self._credits(subsector, chance),
        }

    def _credits(self, subsector: str, chance: random.Random) -> list[int]:
        """One or two members of other subsectors, for every third work."""
        others = [pk for pk, record in self.published if record["subsectors"][0] != subsector]
        if not others or chance.random() > 0.35:
            return []
        return chance.sample(others, min(len(others), chance.choice((1, 1, 2))))

    def _text(self, record: dict, code: str, works: list[dict]) -> dict:
        text, name = record["text"][code], record["name"]
        return {
            "summary": text["summary"],
            "description": prose.rich(text["description"]),
            "services": json.dumps(
                [
                    {"type": "service", "value": service, "id": prose.block_id("service", name, index)}
                    for index, service in enumerate(text["services"])
                ]
            ),
            "works": json.dumps([self._work_block(work, code, name, index) for index, work in enumerate(works)]),
            "looking_for": text.get("looking_for", ""),
            "offering": text.get("offering", ""),
        }

    def _work_block(self, work: dict, code: str, name: str, index: int) -> dict:
        record = work["record"]
        title = record["title"].get(code) or next(iter(record["title"].values()))
        value = {
            "image": work["image"],
            "alt": WORK_ALTS[code].format(title) if work["image"] else "",
            "title": title,
            "year": record["year"],
            "client": record["client"],
            "credits": [
                {"type": "item", "value": pk, "id": prose.block_id("credit", name, index, pk)} for pk in work["credits"]
            ],
        }
        return {"type": "work", "value": value, "id": prose.block_id("work", name, index)}
