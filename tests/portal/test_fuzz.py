"""Whatever stands in an address: 200, in time, nothing unescaped, nothing private. FUZZ=50000 asks for that many
(`make fuzz`), FUZZ_SEED for others."""

import os
import time
from collections import Counter

from django.http import HttpResponse
from django.test import Client
from wagtail.models import PageViewRestriction

from search.client import breaker as circuit
from search.models import SearchEntry, SearchEntryValue
from search.query import parse_query
from tests.factories.directory import MemberPageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.pages import publish, unpublish
from tests.factories.worlds import CONTACT_MARKERS, World
from tests.portal.fuzzing import HIDDEN, MARKER, SECRET, Address, Fuzzer
from tests.worlds import index_everything

NUMBER = int(os.environ.get("FUZZ") or 300)
SEED = int(os.environ.get("FUZZ_SEED") or 1)
LIMIT = 3.0  # seconds; generous, because thousands of these run beside other work
WITH_SCRIPTS = {"HX-Request": "true"}


def test_nothing_in_an_address_breaks_a_listing_or_opens_it(world: World, engine: str, client: Client) -> None:
    private = plant_secrets(world)
    index_everything(engine)
    circuit.reset()
    fuzzer = Fuzzer(SEED, *vocabulary())
    wrong: list[str] = []
    seconds: list[float] = []
    answered: Counter[str] = Counter()
    for number in range(NUMBER):
        address = fuzzer.address()
        headers = WITH_SCRIPTS if number % 2 else {}
        response, took = timed(client, address, headers)
        if took > LIMIT:  # what is slow only once had to wait for other work on the machine
            took = min(took, timed(client, address, headers)[1])
        seconds.append(took)
        answered[engine_of(response)] += 1
        wrong += [f"{fault}: {str(address)[:300]}" for fault in faults(response, address, private, seconds[-1])]
    report(engine, seconds, answered)
    assert not wrong, "\n".join([f"{len(wrong)} of {NUMBER} (seed {SEED})", *wrong[:20]])
    if engine == "elasticsearch":
        assert answered["database"] <= NUMBER / 100, "nearly all were for Elasticsearch to answer"


def timed(client: Client, address: Address, headers: dict[str, str]) -> tuple[HttpResponse, float]:
    """The answer, and after how many seconds."""
    started = time.perf_counter()
    response = client.get(f"{address.path}?{address.query}", headers=headers)
    return response, time.perf_counter() - started


def plant_secrets(world: World) -> set[str]:
    """Behind a password, for the signed-in, a draft, unpublished: nobody anonymous finds any of them. Their keys."""
    here = world.tree["fr"]
    name, text = f"{SECRET} privé", f"{SECRET} {HIDDEN} {MARKER}"
    members = [
        MemberPageFactory(parent=here["directory"], published=False, title=name, summary=text) for _number in range(3)
    ]
    PageViewRestriction.objects.create(page=members[0], restriction_type="password", password="x")
    PageViewRestriction.objects.create(page=members[1], restriction_type=PageViewRestriction.LOGIN)
    for page in members[:2]:
        publish(page)
    gone = unpublish(NewsPageFactory(parent=here["news"], title="Retirée", introduction=f"{HIDDEN} retirée."))
    public = NewsPageFactory(
        parent=here["news"], title=f"Marque {MARKER}", introduction=f"{MARKER} illustration {MARKER}"
    )
    assert public.live
    return {str(page.translation_key) for page in (*members, gone)}


def vocabulary() -> tuple[list[str], list[str]]:
    """Words of the content that everybody may read, and facet values."""
    words: set[str] = set()
    for texts in SearchEntry.objects.readable_by(["public"]).values_list("texts", flat=True):
        for by_language in texts.values():
            words.update(word for text in by_language.values() for word in parse_query(text[:3000]))
    return sorted(words), sorted(set(SearchEntryValue.objects.values_list("value", flat=True)))


def faults(response: HttpResponse, address: Address, private: set[str], seconds: float) -> list[str]:
    found = []
    if response.status_code != 200:
        found.append(f"status {response.status_code}")
    if seconds > LIMIT:
        found.append(f"{seconds:.1f} s")
    body = response.content.decode()
    found += [f"raw {raw!r}" for raw in (MARKER, "<zq", "<script>alert", "<img src=x", "</textarea><b>") if raw in body]
    found += [f"private {word!r}" for word in (HIDDEN, *CONTACT_MARKERS) if word.lower() in body.lower()]
    if not address.asks_for_secret and SECRET.lower() in body.lower():
        found.append("suggests what is private")
    if response.cookies:
        found.append("a cookie")
    context = response.context_data if hasattr(response, "context_data") else None
    listing = (context or {}).get("listing")
    if listing is not None and private & {hit.key for hit in listing.hits}:
        found.append("finds what is private")
    return found


def engine_of(response: HttpResponse) -> str:
    listing = (getattr(response, "context_data", None) or {}).get("listing")
    return listing.engine if listing is not None else "none"


def report(engine: str, seconds: list[float], answered: Counter[str]) -> None:
    ordered = sorted(seconds)
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    print(  # noqa: T201  (what `make fuzz` is for)
        f"\nfuzz {engine}: {len(seconds)} addresses, seed {SEED}, answered by {dict(answered)}; "
        f"p50 {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms, slowest {ordered[-1]:.2f} s"
    )
