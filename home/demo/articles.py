"""Demo: news, legal guides, funding schemes and events, dated from the day they are loaded."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Callable, Iterator

from django.utils import timezone
from wagtail.models import Locale

from core.models import BasePage, CustomImage
from events.models import EventPage
from funding.models import FundingPage
from guides.models import GuidePage
from home.demo import content, pictures, prose
from home.demo.frame import make_image
from home.demo.synchronise import publish_synchronised
from home.services import Tree, publish_translation
from news.models import NewsPage

LEAD_ALTS = {
    "fr": "Composition graphique abstraite",
    "de": "Abstrakte grafische Komposition",
    "en": "Abstract graphic composition",
}


class Articles:
    """Publishes the records of one kind after the other; each method yields after every record, for the bar."""

    def __init__(self, tree: Tree, terms: dict[str, dict], user, today: datetime.date):
        self.tree, self.terms, self.user, self.today = tree, terms, user, today
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.leads: dict[str, CustomImage] = {}
        self.funding: list[FundingPage] = []

    def _day(self, offset: int) -> datetime.date:
        return self.today + datetime.timedelta(days=offset)

    def _pick(self, kind: str, slugs: list[str]) -> list:
        return [self.terms[kind][slug] for slug in slugs]

    def _lead(self, subsectors: list[str], seed: str) -> CustomImage:
        """Twenty-four pictures serve all articles: two per subsector."""
        subsector = (subsectors or ["design"])[0]
        name = f"{subsector}-lead-{random.Random(seed).randrange(2)}"
        if name not in self.leads:
            file = pictures.picture(subsector, name, (1280, 854))
            self.leads[name] = make_image(file, name.replace("-", " ").capitalize(), "Kreativ Réseau")
        return self.leads[name]

    def _publish(
        self,
        section: str,
        model: type[BasePage],
        record: dict,
        common: dict,
        fields: Callable[[str], dict],
        synchronised: bool = False,
        when: datetime.datetime | None = None,
    ) -> BasePage:
        source = record["language"]
        page = model(
            locale=self.locales[source], owner=self.user, first_published_at=when, **{**common, **fields(source)}
        )
        for name in ("topics", "subsectors", "skills"):
            if name in record:
                setattr(page, name, self._pick(name, record[name]))
        self.tree[source][section].add_child(instance=page)
        page.save_revision(user=self.user).publish()
        for code in record["text"]:
            if code != source:
                publish = publish_synchronised if synchronised else publish_translation
                publish(page, self.locales[code], fields(code), self.user)
        return page

    def make_news(self) -> Iterator[int]:
        published: list[NewsPage] = []
        for index, record in enumerate(reversed(content.news())):
            date = self._day(-record["days_ago"])
            seed = record["text"][record["language"]]["slug"]
            common = {"date": date}
            if index % 5 != 2:  # some have no picture: that state is designed too
                common["lead_image"] = self._lead(record.get("subsectors", []), seed)
            related = [page.pk for page in published if set(record["topics"]) & page.demo_topics][-2:]
            page = self._publish(
                "news",
                NewsPage,
                record,
                common,
                lambda code, record=record, related=related: self._news_fields(record, code, related),
                when=timezone.make_aware(datetime.datetime.combine(date, datetime.time(9))),
            )
            page.demo_topics = set(record["topics"])
            published.append(page)
            yield index

    def _news_fields(self, record: dict, code: str, related: list[int]) -> dict:
        text = record["text"][code]
        corrections = []
        if text.get("correction"):
            date = self._day(-record["correction_days_ago"]).isoformat()
            corrections = [_block("correction", {"date": date, "text": text["correction"]}, text["slug"], "correction")]
        return {
            "title": text["title"],
            "slug": text["slug"],
            "introduction": text["introduction"],
            "lead_image_alt": LEAD_ALTS[code],
            "body": json.dumps(prose.story(text["body"], text["slug"])),
            "corrections": json.dumps(corrections),
            "related_pages": json.dumps([_block("page", pk, text["slug"], pk) for pk in related]),
        }

    def make_guides(self) -> Iterator[int]:
        for index, record in enumerate(content.guides()):
            common = {
                "reviewed_on": self._day(-record["reviewed_days_ago"]),
                "review_due": self._day(record["review_due_in_days"]),
            }
            self._publish(
                "guides",
                GuidePage,
                record,
                common,
                lambda code, record=record: _guide_fields(record, code),
                synchronised=True,
            )
            yield index

    def make_funding(self) -> Iterator[int]:
        for index, record in enumerate(content.funding()):
            rolling = record.get("rolling", False)
            common = {
                "kind": record["kind"],
                "amount_from": record["amount_from"] or None,
                "amount_to": record["amount_to"] or None,
                "rate": record["rate"] or None,
                "applicants": record["applicants"],
                "is_rolling": rolling,
                "deadline": None if rolling else self._day(record["deadline_in_days"]),
                "procedure_url": record["procedure_url"],
            }
            page = self._publish(
                "funding",
                FundingPage,
                record,
                common,
                lambda code, record=record: _funding_fields(record, code),
                synchronised=True,
            )
            self.funding.append(page)
            yield index

    def make_events(self) -> Iterator[int]:
        for index, record in enumerate(content.events()):
            first = self._day(record["starts_in_days"])
            last = first + datetime.timedelta(days=record["days"] - 1)
            seed = record["text"][record["language"]]["slug"]
            common = {
                "starts_at": _moment(first, record["start"]),
                "ends_at": _moment(last, record["end"]),
                "is_online": record["online"],
                "venue": record["venue"],
                "address": record["address"],
                "price": record["price"],
                "registration_url": record["registration_url"],
                "lead_image": self._lead(record.get("subsectors", []), seed) if index % 4 != 3 else None,
            }
            self._publish("events", EventPage, record, common, lambda code, record=record: _event_fields(record, code))
            yield index


def _block(kind: str, value, *seed: object) -> dict:
    return {"type": kind, "value": value, "id": prose.block_id(kind, *seed)}


def _moment(day: datetime.date, clock: str) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(clock)))


def _blocks(kind: str, values: list, seed: str) -> str:
    return json.dumps([_block(kind, value, seed, index) for index, value in enumerate(values)])


def _guide_fields(record: dict, code: str) -> dict:
    text, seed = record["text"][code], record["id"]
    sections = [
        {"heading": section["heading"], "body": prose.story(section["body"], f"{seed}/{index}")}
        for index, section in enumerate(text["sections"])
    ]
    return {
        "title": text["title"],
        "slug": text["slug"],
        "introduction": text["summary"],
        "key_points": _blocks("point", text["key_points"], seed),
        "sections": _blocks("section", sections, seed),
        "references": _blocks("reference", [dict(entry) for entry in text["references"]], seed),
        "glossary": _blocks("term", [dict(entry) for entry in text["glossary"]], seed),
        "who_to_ask": prose.rich(text["who_to_ask"]),
    }


def _funding_fields(record: dict, code: str) -> dict:
    text = record["text"][code]
    seed = record["text"][record["language"]]["slug"]
    return {
        "title": text["title"],
        "slug": text["slug"],
        "introduction": text["summary"],
        "funder": record[f"funder_{code}"],
        "body": json.dumps(prose.story(text["body"], seed)),
        "rules": prose.rich(text["rules"]),
        "how_to_apply": prose.rich(text["how_to_apply"]),
    }


def _event_fields(record: dict, code: str) -> dict:
    text = record["text"][code]
    seed = record["text"][record["language"]]["slug"]
    programme = [{"time": row["time"] or None, "what": row["what"]} for row in text.get("programme", [])]
    return {
        "title": text["title"],
        "slug": text["slug"],
        "introduction": text["summary"],
        "organiser": record[f"organiser_{code}"],
        "lead_image_alt": LEAD_ALTS[code],
        "body": json.dumps(prose.story(text["body"], seed)),
        "programme": _blocks("entry", programme, seed),
    }
