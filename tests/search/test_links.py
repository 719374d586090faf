from datetime import UTC, datetime

from search.facets import MAX_VALUES, TermsFacet, facet_result
from search.forms import ListingState
from search.links import Links

AT = datetime(2026, 5, 3, tzinfo=UTC)


def links(initial=None, **state):
    return Links("/fr/", ListingState(**{"sort": "name", **state}), ["area", "size"], "name", initial or {})


def test_toggle_adds_and_removes_and_goes_back_to_page_one():
    here = links(q="élan", selected={"area": ["north"]}, page=7)
    assert here.toggle("size", "2-4") == "/fr/?q=%C3%A9lan&area=north&size=2-4"
    assert here.toggle("area", "north") == "/fr/?q=%C3%A9lan"


def test_defaults_stay_out_of_the_url():
    assert links().url() == "/fr/"
    assert links(sort="newest").url(page=2) == "/fr/?sort=newest&page=2"


def test_initial_selection_is_left_out_and_its_absence_said():
    initial = {"area": ("north",)}
    here = links(initial, selected={"area": ["north"]})
    assert here.url() == "/fr/"
    assert here.toggle("area", "north") == "/fr/?area="


def test_pages_show_first_last_neighbours_and_gaps():
    numbers = [page.number for page in links().pages(10, 20)]
    assert numbers == [1, 0, 8, 9, 10, 11, 12, 0, 20]
    assert [page.number for page in links().pages(3, 5)] == [1, 2, 3, 4, 5]
    assert links().pages(1, 1) == []


def result(counts, selected=(), order="count", labels=None):
    labels = labels or {"a": "Zebra", "b": "Ape", "c": "Cat"}
    facet = TermsFacet("area", "Area", choices=lambda: labels, order=order)
    return facet_result(facet, counts, list(selected), facet.labels(AT), lambda value: f"?{value}")


def test_zero_counts_are_hidden_unless_chosen():
    shown = result({"a": 2}, selected=["c"])
    assert [(value.value, value.count, value.selected) for value in shown.values] == [("a", 2, False), ("c", 0, True)]
    assert shown.is_active


def test_values_come_by_count_then_label_or_as_declared():
    assert [value.value for value in result({"a": 1, "b": 1, "c": 5}).values] == ["c", "b", "a"]
    assert [value.value for value in result({"a": 1, "b": 1, "c": 5}, order="choices").values] == ["a", "b", "c"]


def test_values_without_a_label_are_not_shown():
    assert [value.value for value in result({"a": 1, "gone": 9}).values] == ["a"]


def test_no_more_than_sixty_values_but_every_chosen_one():
    labels = {f"v{number:03d}": str(number) for number in range(100)}
    shown = result(dict.fromkeys(labels, 2) | {"v099": 1}, selected=["v099"], labels=labels)
    assert len(shown.values) == MAX_VALUES
    assert [value.value for value in shown.selected] == ["v099"]
