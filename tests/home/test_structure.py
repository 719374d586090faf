"""Every page type stands where it belongs and nowhere else."""

import pytest
from wagtail.models import Page, get_page_models

from directory.models import DirectoryIndexPage, MemberPage
from events.models import EventIndexPage, EventPage
from funding.models import FundingIndexPage, FundingPage
from guides.models import GuideIndexPage, GuidePage
from home.models import HomePage, StandardPage
from home.services import Tree, build_language_trees
from news.models import NewsIndexPage, NewsPage

INDEXES = {
    NewsIndexPage: NewsPage,
    GuideIndexPage: GuidePage,
    FundingIndexPage: FundingPage,
    EventIndexPage: EventPage,
    DirectoryIndexPage: MemberPage,
}
PARENTS = {
    HomePage: {Page},
    StandardPage: {HomePage, StandardPage},
    **{index: {HomePage} for index in INDEXES},
    **{page: {index} for index, page in INDEXES.items()},
}


def test_every_page_type_is_spoken_about_here() -> None:
    ours = {model for model in get_page_models() if model.__module__.split(".")[0] in _own_apps()}
    assert ours == set(PARENTS)


def _own_apps() -> set[str]:
    return {model.__module__.split(".")[0] for model in PARENTS}


@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model.__name__)
def test_page_stands_only_below_what_it_belongs_to(model: type[Page]) -> None:
    assert set(model.allowed_parent_page_models()) == PARENTS[model]
    allowed = {other for other, parents in PARENTS.items() if model in parents}
    assert set(model.allowed_subpage_models()) & set(PARENTS) == allowed


@pytest.mark.parametrize("model", INDEXES, ids=lambda model: model.__name__)
def test_there_is_one_index_of_a_kind(tree: Tree, model: type[Page]) -> None:
    home = tree["fr"]["home"]
    home.refresh_from_db()
    assert not model.can_create_at(home)
    assert StandardPage.can_create_at(home)


def test_frame_is_built_once(tree: Tree) -> None:
    with pytest.raises(ValueError, match="front page already"):
        build_language_trees(home_texts={}, index_texts={})


def test_frame_is_one_thing_in_every_language(tree: Tree) -> None:
    for name in tree["fr"]:
        assert len({tree[code][name].translation_key for code in tree}) == 1
        assert {tree[code][name].locale.language_code for code in tree} == {"fr", "de", "en"}
        assert all(tree[code][name].live for code in tree)
