"""Members nobody has ever met, as many as wanted, like those of the demo in whatever a search notices.

Sentences are the demo's own, mixed: so words are as frequent as in natural text, in one to three languages. Skills and
subsectors come together as they do there, areas, spoken languages and team sizes are as unequal. Names are made up.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import Any

from django.utils.text import slugify

from search.documents import Prepared

SEED = 4
CHANGED_SKILLS = 0.3  # of a member's skills are others than its model has, by how frequent they are
FIRST_DAY = datetime(2004, 1, 1, tzinfo=UTC)
DAYS = 365 * 20
FIELDS = ("summary", "works", "text")
SYLLABLES = tuple(
    """
    al an ar bel bri ca cor da del do el en fa fi for ga gri hal il jo ka ko la le li lo lu ma mar mi mon na ne no o pa
    per pi qui ra ri ro sa sel si so ta te ti to tra u va ve vi wa wil xa ya zo
    """.split()  # noqa: SIM905
)
KINDS = ("Atelier", "Studio", "Maison", "Werkstatt", "Agence", "Büro", "Collectif", "Manufaktur", "Film", "Design")
SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass
class Demo:
    """What the demo's members are made of."""

    models: list[dict[str, Any]] = field(default_factory=list)  # cards, values, languages and lengths of each
    sentences: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # (field, language) → sentences
    frequent: dict[str, Counter[str]] = field(default_factory=dict)  # facet → how often each value is there


def read_demo(database: Path) -> Demo:
    """From the entries of a seeded portal. Raises LookupError where it has no members."""
    demo = Demo()
    with closing(connect(database)) as connected:
        values: dict[int, dict[str, list[str]]] = {}
        for entry, facet, value in connected.execute("SELECT entry_id, facet, value FROM search_searchentryvalue"):
            values.setdefault(entry, {}).setdefault(facet, []).append(value)
        rows = connected.execute(
            "SELECT id, body, texts FROM search_searchentry WHERE doc_type = 'member' AND is_listed ORDER BY id"
        )
        for key, body, texts in rows:
            _learn(demo, json.loads(body), json.loads(texts), values[key])
    if not demo.models:
        raise LookupError(f"There are no members in {database}")
    return demo


def _learn(demo: Demo, body: dict[str, Any], texts: dict[str, dict[str, str]], values: dict[str, list[str]]) -> None:
    lengths: dict[tuple[str, str], int] = {}
    for name in FIELDS:
        for language, text in texts.get(name, {}).items():
            sentences = SENTENCE.split(text)
            lengths[name, language] = len(sentences)
            demo.sentences.setdefault((name, language), []).extend(sentences)
    demo.models.append(
        {"cards": body["cards"], "source": body["source_language"], "values": values, "lengths": lengths}
    )
    for facet, chosen in values.items():
        demo.frequent.setdefault(facet, Counter()).update(chosen)


def members(demo: Demo, number: int) -> Iterator[Prepared]:
    """The first ones are the same whatever the number: a larger directory has the smaller ones in it."""
    for position in range(number):
        yield _member(demo, random.Random(f"{SEED}-{position}"), position)


def _member(demo: Demo, chance: random.Random, position: int) -> Prepared:
    model = chance.choice(demo.models)
    values = _values(demo, chance, model["values"])
    name = _name(chance)
    texts = {
        part: {
            language: " ".join(chance.choices(demo.sentences[part, language], k=length))
            for (of, language), length in model["lengths"].items()
            if of == part
        }
        for part in FIELDS
    }
    joined = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    concepts = [f"{kind}:{value}" for kind in ("skill", "subsector", "area") for value in values.get(kind, ())]
    return Prepared(
        title=dict.fromkeys(model["cards"], name),
        concepts=concepts,
        summary=texts["summary"],
        works=texts["works"],
        text=texts["text"],
        values=values,
        cards={
            language: _card(card, values, name, f"{slugify(name)}-{position}", texts["summary"].get(language, ""))
            for language, card in model["cards"].items()
        },
        sort_name=name,
        sort_date=joined,
        source_language=model["source"],
    )


def _values(demo: Demo, chance: random.Random, model: dict[str, list[str]]) -> dict[str, list[str]]:
    """Subsectors and skills as the model has them, some skills changed; everything else by how frequent it is."""
    values = {name: list(chosen) for name, chosen in model.items() if name in ("subsector", "skill")}
    values["skill"] = [
        _pick(chance, demo.frequent["skill"]) if chance.random() < CHANGED_SKILLS else skill
        for skill in values.get("skill", ())
    ]
    values["area"] = [_pick(chance, demo.frequent["area"])]
    values["size"] = [_pick(chance, demo.frequent["size"])]
    languages = len(model.get("language", ("fr",)))
    values["language"] = [_pick(chance, demo.frequent["language"]) for _one in range(languages)]
    for flag in ("available", "collaborates"):
        share = demo.frequent[flag]["yes"] / len(demo.models)
        values[flag] = ["yes"] if chance.random() < share else []
    return {name: list(dict.fromkeys(chosen)) for name, chosen in values.items()}


def _pick(chance: random.Random, frequent: Counter[str]) -> str:
    return chance.choices(list(frequent), weights=list(frequent.values()))[0]


def _name(chance: random.Random) -> str:
    made_up = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()
    return chance.choice((made_up, f"{chance.choice(KINDS)} {made_up}", f"{made_up} {chance.choice(KINDS)}"))


def _card(card: dict[str, Any], values: dict[str, list[str]], name: str, slug: str, summary: str) -> dict[str, Any]:
    return {
        **card,
        "title": name,
        "summary": summary[:250],
        "slug": slug,
        "url": f"{card['url'].rstrip('/').rpartition('/')[0]}/{slug}/",
        "subsectors": values["subsector"],
        "skills": values["skill"],
        "area": values["area"][0],
        "team_size": values["size"][0],
        "available": bool(values["available"]),
        "collaborates": bool(values["collaborates"]),
    }


def chunks(things: Iterator[Prepared], size: int) -> Iterator[Sequence[Prepared]]:
    chunk: list[Prepared] = []
    for thing in things:
        chunk.append(thing)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
