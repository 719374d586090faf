"""System checks: every page type says whether it is searched; every language has its analyzer."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from wagtail.models import Page, get_page_models

from .analysis import CHAINS
from .documents import document_for, documents_of


@register()
def check_page_types(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each concrete page model of the portal names its document, or says `search_document = None` itself."""
    messages: list[CheckMessage] = []
    for model in get_page_models():
        if model is Page or not _is_ours(model):
            continue
        declared = [vars(cls)["search_document"] for cls in model.__mro__ if _declares(cls)]
        name = declared[0] if declared else None
        if not declared:
            hint = (
                'Set search_document to its doc_type, or to None if nobody should find it: `search_document = "news"`.'
            )
            messages.append(
                Error(f"{model._meta.label} does not say whether it is searched.", hint, model, "search.E001")
            )
        elif name is not None and document_for(name) not in documents_of(model):
            hint = f"Register a SearchDocument with doc_type {name!r} and model {model.__name__} in <app>/documents.py."
            messages.append(Error(f"{model._meta.label} has no search document.", hint, model, "search.E002"))
    return messages


def _is_ours(model: type[Page]) -> bool:
    path = str(apps.get_app_config(model._meta.app_label).path)
    return path.startswith(str(settings.BASE_DIR)) and "site-packages" not in path


def _declares(cls: type) -> bool:
    """Said by the page type itself, a concrete parent or a mixin; an abstract base's default is nobody's decision."""
    meta = getattr(cls, "_meta", None)
    return "search_document" in vars(cls) and (meta is None or not meta.abstract)


@register()
def check_languages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Warning(
            f"The language {code!r} has no analyzer: its words are found as they are written only.",
            "Add a line to CHAINS in search/analysis.py.",
            id="search.W001",
        )
        for code, _label in settings.LANGUAGES
        if code not in CHAINS
    ]
