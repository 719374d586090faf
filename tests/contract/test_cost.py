"""What a page of the directory costs: one request to Elasticsearch, and no statement for its hits and facets."""

import re
from urllib.parse import urlencode

import pytest
from elastic_transport import Transport

from search.asking import FEW
from search.models import SearchEntryValue
from tests.factories.home import INDEX_SLUGS
from tests.queries import counted

pytestmark = pytest.mark.elasticsearch
CHOSEN = ("subsector", "area", "language", "size", "collaborates")
ABOUT_HITS = re.compile('(?:FROM|JOIN) "(?:search_(?!lexiconstamp)|directory_memberpage|core_|taggit_)')


@pytest.fixture
def requests(monkeypatch):
    sent = []
    real = Transport.perform_request

    def record(self, method, target, **options):
        sent.append(target)
        return real(self, method, target, **options)

    monkeypatch.setattr(Transport, "perform_request", record)
    return sent


@pytest.mark.parametrize("words", ["", "illustration"])
def test_page_with_five_facets_costs_one_request_and_no_statement(searched, client, requests, words):
    values = SearchEntryValue.objects.filter(facet__in=CHOSEN, entry__doc_type="member")
    query = urlencode([*([("q", words)] if words else []), *values.values_list("facet", "value").distinct()])
    path = f"/fr/{INDEX_SLUGS['directory']['fr']}/?{query}"
    client.get(path)  # menus and labels are read from a cache from now on
    requests.clear()
    with counted() as queries:
        response = client.get(path)
    listing = response.context_data["listing"]
    assert listing.engine == "elasticsearch"
    assert {tag.facet for tag in listing.tags} - {"q"} == set(CHOSEN)
    assert listing.total > FEW, "with fewer, more is asked"
    assert len(requests) == 1
    assert not [statement for statement in queries if ABOUT_HITS.search(statement)]
