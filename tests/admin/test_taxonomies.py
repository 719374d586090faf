"""Terms: all languages in one form, each once."""

import pytest
from django.test import Client

from core.models import Skill, Subsector
from home.services import Tree
from tests.factories.core import SkillFactory, SubsectorFactory
from tests.factories.directory import MemberPageFactory

ADD = "/admin/snippets/core/subsector/add/"


def rows(*labels: tuple[str, str], existing: tuple[int, ...] = ()) -> dict[str, str | int]:
    form: dict[str, str | int] = {
        "labels-TOTAL_FORMS": len(labels),
        "labels-INITIAL_FORMS": len(existing),
        "labels-MIN_NUM_FORMS": 3,
        "labels-MAX_NUM_FORMS": 3,
    }
    for number, (language, label) in enumerate(labels):
        form |= {f"labels-{number}-language": language, f"labels-{number}-label": label}
        form |= {f"labels-{number}-id": existing[number] if existing else ""}
    return form


def test_a_new_term_comes_with_a_row_for_each_language(editor: Client) -> None:
    formset = editor.get(ADD).context["form"].formsets["labels"]
    assert [form["language"].value() for form in formset.forms] == ["fr", "de", "en"]


def test_a_term_is_saved_with_all_its_labels(editor: Client) -> None:
    form = {"slug": "design", "position": 1, **rows(("fr", "Graphisme"), ("de", "Gestaltung"), ("en", "Design"))}
    assert editor.post(ADD, form).status_code == 302
    assert Subsector.objects.get().label("de") == "Gestaltung"


@pytest.mark.parametrize(
    "labels", [(("fr", "A"), ("fr", "B"), ("en", "C")), (("fr", "A"), ("de", ""), ("en", "C")), (("fr", "A"),)]
)
def test_each_language_stands_there_once_and_filled(editor: Client, labels: tuple[tuple[str, str], ...]) -> None:
    response = editor.post(ADD, {"slug": "design", "position": 1, **rows(*labels)})
    assert response.status_code == 200
    formset = response.context["form"].formsets["labels"]
    assert any(formset.errors) or formset.non_form_errors()
    assert not Subsector.objects.exists()


def test_rows_keep_their_language(editor: Client) -> None:
    term = SubsectorFactory(slug="design")
    labels = list(term.labels.order_by("pk"))
    swapped = rows(("de", "eins"), ("fr", "zwei"), ("en", "drei"), existing=tuple(label.pk for label in labels))
    response = editor.post(
        f"/admin/snippets/core/subsector/edit/{term.pk}/", {"slug": "design", "position": 1, **swapped}
    )
    assert response.status_code == 302
    assert [label.language for label in term.labels.order_by("pk")] == [label.language for label in labels]


@pytest.mark.parametrize("words", ["Markengest", "Identité", "branding"])
def test_terms_are_found_by_their_words_in_any_language(editor: Client, words: str) -> None:
    labels = {"fr": "Identité visuelle", "de": "Markengestaltung", "en": "Branding"}
    found = SkillFactory(slug="branding", labels=labels)
    SkillFactory(slug="other")
    response = editor.get("/admin/snippets/core/skill/", {"q": words})
    assert list(response.context["object_list"]) == [found]


def test_the_list_counts_the_pages_that_carry_a_term(editor: Client, tree: Tree) -> None:
    skill = SkillFactory()
    for _number in range(2):
        MemberPageFactory(parent=tree["fr"]["directory"], skills=[skill], subsectors=[skill.subsector])
    counted = {term.pk: term.uses for term in editor.get("/admin/snippets/core/skill/").context["object_list"]}
    assert counted == {skill.pk: 2}


def test_a_subsector_in_use_stays(administrator: Client) -> None:
    skill = SkillFactory()
    administrator.post(f"/admin/snippets/core/subsector/delete/{skill.subsector.pk}/")
    assert Subsector.objects.filter(pk=skill.subsector.pk).exists()
    assert Skill.objects.filter(pk=skill.pk).exists()
