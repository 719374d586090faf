"""Every address of both admins that takes no argument opens: `manage.py check` passes with add-ons that break them."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Page, get_page_models

from home.services import Tree

# One ends the session; the other is Wagtail's, to see what an error looks like.
LEFT_OUT = ("logout/", "failwhale/")


def addresses(resolver: URLResolver, prefix: str = "") -> set[str]:
    """All paths without arguments below a resolver."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if any(sign in path for sign in "<(^$[\\"):
            continue
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern, path)
        elif isinstance(pattern, URLPattern):
            found.add(path)
    return found


def test_every_address_without_argument_opens_for_an_administrator(administrator: Client) -> None:
    administrator.raise_request_exception = False
    paths = sorted(path for path in addresses(get_resolver()) if path.startswith(("admin/", "django-admin/")))
    assert len(paths) > 100
    answers = {path: administrator.get(f"/{path}").status_code for path in paths if not path.endswith(LEFT_OUT)}
    # 400, 404, 405: it answers only to POST or to a query string; 403: rows that nobody adds by hand.
    broken = {path: status for path, status in answers.items() if status not in (200, 301, 302, 400, 403, 404, 405)}
    assert not broken
    assert sum(status == 200 for status in answers.values()) > 100, answers


def own_page_models() -> list[type[Page]]:
    return [model for model in get_page_models() if model is not Page]


@pytest.mark.parametrize("model", own_page_models(), ids=lambda model: model.__name__)
def test_form_of_a_new_page_opens(administrator: Client, tree: Tree, model: type[Page]) -> None:
    parents = {type(page).__name__: page for page in tree["fr"].values()}
    parent = next(
        (parents[allowed.__name__] for allowed in model.allowed_parent_page_models() if allowed.__name__ in parents),
        Page.get_first_root_node(),
    )
    response = administrator.get(f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/")
    if getattr(model, "max_count_per_parent", None):
        assert response.status_code in (200, 302)  # there is one already
    else:
        assert response.status_code == 200
        assert b'name="title"' in response.content


def test_explorer_and_form_of_every_page_open(administrator: Client, tree: Tree) -> None:
    for language in tree.values():
        for page in language.values():
            assert administrator.get(f"/admin/pages/{page.pk}/").status_code == 200
            assert administrator.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
            assert administrator.get(f"/admin/pages/{page.pk}/history/").status_code == 200
