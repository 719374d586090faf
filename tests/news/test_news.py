import datetime

from django.test import Client
from wagtail.models import PageViewRestriction

from home.services import Tree
from tests.factories.core import SubsectorFactory, TopicFactory
from tests.factories.home import story
from tests.factories.news import NewsPageFactory
from tests.factories.pages import translate, unpublish
from tests.markup import card_keys, elements, facet_counts

ADDRESS = "/fr/actualites/"


def keys(*pages) -> list[str]:
    return [str(page.translation_key) for page in pages]


def test_newest_news_come_first(tree: Tree, client: Client) -> None:
    old, new, middle = (
        NewsPageFactory(parent=tree["fr"]["news"], date=datetime.date(2026, month, 1)) for month in (1, 9, 5)
    )
    assert card_keys(client.get(ADDRESS)) == keys(new, middle, old)
    assert card_keys(client.get("/fr/"))[:3] == keys(new, middle, old)


def test_news_are_narrowed_by_year_topic_and_subsector(tree: Tree, client: Client) -> None:
    topic, subsector = TopicFactory(slug="contracts"), SubsectorFactory(slug="design")
    first = NewsPageFactory(parent=tree["fr"]["news"], date=datetime.date(2025, 1, 1), topics=[topic])
    second = NewsPageFactory(parent=tree["fr"]["news"], date=datetime.date(2026, 1, 1), subsectors=[subsector])
    response = client.get(ADDRESS)
    assert facet_counts(response, "year") == {"2026": 1, "2025": 1}
    assert [box.get("value") for box in elements(response, name="year", data_count=True)] == ["2026", "2025"]
    assert card_keys(client.get(f"{ADDRESS}?year=2025")) == keys(first)
    assert card_keys(client.get(f"{ADDRESS}?topic=contracts")) == keys(first)
    assert card_keys(client.get(f"{ADDRESS}?subsector=design")) == keys(second)
    assert card_keys(client.get(f"{ADDRESS}?subsector=design&year=2025")) == []


def test_related_pages_are_shown_in_the_readers_language_and_only_public_ones(tree: Tree, client: Client) -> None:
    translated = NewsPageFactory(parent=tree["fr"]["news"], title="Titre")
    translate(translated, "de", title="Titel")
    secret, draft = (NewsPageFactory(parent=tree["fr"]["news"], title=title) for title in ("Secret", "Draft"))
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    unpublish(draft)
    related = story(*(("page", page.pk) for page in (translated, secret, draft)))
    page = NewsPageFactory(parent=tree["de"]["news"], related_pages=related)
    response = client.get(page.url)
    links = [link for link in elements(response, "a") if "related__link" in link.classes]
    assert [link.text for link in links] == ["Titel"]


def test_corrections_are_dated(tree: Tree, client: Client) -> None:
    corrections = story(("correction", {"date": "2026-03-04", "text": "Wrong <b>name</b>."}))
    page = NewsPageFactory(parent=tree["fr"]["news"], corrections=corrections)
    response = client.get(page.url)
    assert "2026-03-04" in [element.get("datetime") for element in elements(response, "time")]
    assert "Wrong &lt;b&gt;name&lt;/b&gt;." in response.content.decode()


def test_date_reads_as_in_the_language(tree: Tree, client: Client) -> None:
    page = NewsPageFactory(parent=tree["fr"]["news"], date=datetime.date(2026, 3, 2))
    for code, words in (("fr", "2 mars 2026"), ("de", "2. März 2026"), ("en", "2 March 2026")):
        shown = page if code == "fr" else translate(page, code)
        assert words in client.get(shown.url).content.decode()
