import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from directory.models import MAX_SUBSECTORS, MemberPage
from home.services import Tree
from tests.factories.core import SubsectorFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.home import story


def test_member_has_at_most_three_subsectors(tree: Tree) -> None:
    subsectors = [SubsectorFactory() for _number in range(MAX_SUBSECTORS + 1)]
    member = MemberPageFactory(parent=tree["fr"]["directory"], subsectors=subsectors[:MAX_SUBSECTORS])
    member.full_clean()
    member.subsectors = subsectors
    with pytest.raises(ValidationError) as caught:
        member.full_clean()
    assert list(caught.value.message_dict) == ["subsectors"]


def test_new_member_with_too_many_subsectors_is_refused_too(tree: Tree) -> None:
    member = MemberPageFactory.build(subsectors=[SubsectorFactory() for _number in range(MAX_SUBSECTORS + 1)])
    with pytest.raises(ValidationError) as caught:
        member.clean()
    assert "subsectors" in caught.value.message_dict


@pytest.mark.parametrize("year", [1599, 2101])
def test_year_of_foundation_is_plausible(tree: Tree, year: int) -> None:
    member = MemberPageFactory(parent=tree["fr"]["directory"], subsectors=[SubsectorFactory()])
    member.founded = year
    with pytest.raises(ValidationError) as caught:
        member.full_clean()
    assert "founded" in caught.value.message_dict


def test_unknown_language_is_refused(tree: Tree) -> None:
    member = MemberPageFactory(parent=tree["fr"]["directory"], subsectors=[SubsectorFactory()])
    member.spoken_languages = ["fr", "xx"]
    with pytest.raises(ValidationError) as caught:
        member.full_clean()
    assert "spoken_languages" in caught.value.message_dict


def test_credits_of_a_work_lead_to_the_public_only(tree: Tree, client: Client) -> None:
    open_, draft = (
        MemberPageFactory(parent=tree["fr"]["directory"], title="Credited", slug="credited", subsectors=[]),
        MemberPageFactory(parent=tree["fr"]["directory"], title="Hidden", subsectors=[], published=False),
    )
    work = {"image": None, "alt": "", "title": "Work", "year": None, "client": "", "credits": [open_.pk, draft.pk]}
    member = MemberPageFactory(parent=tree["fr"]["directory"], subsectors=[], works=story(("work", work)))
    content = client.get(member.url).content.decode()
    assert "../credited/" in content
    assert "Hidden" not in content


def test_member_may_have_no_subsector_in_memory_only() -> None:
    MemberPage().clean()
