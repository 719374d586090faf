"""The only signal handlers of the portal: they keep the search entries in step with what is published.

Published, unpublished, moved, deleted, another slug, another view restriction: recomputed in the transaction of the
change. What a term is called stands in the lexicon, which is read again after a change; entries know its slug only.
Another slug, a deleted term, another image (`depends_on`): marked in the transaction, recomputed once after the commit.
"""

from __future__ import annotations

from typing import Any

from django.core.signals import request_started
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.models import Term, TermLabel

from . import lexicon
from .analysis import split_words
from .delivery import start_courier, take_apart_after_commit
from .documents import all_documents, documents_of
from .entries import entries_without, mark_stale, refresh


def connect() -> None:
    """Called once, from SearchConfig.ready()."""
    for signal in (page_published, page_unpublished):
        signal.connect(on_page_change, dispatch_uid=f"search-{id(signal)}")
    for signal in (post_page_move, page_slug_changed):
        signal.connect(on_subtree_change, dispatch_uid=f"search-subtree-{id(signal)}")
    for document in all_documents():
        if document.model is not None and issubclass(document.model, Page):
            post_save.connect(on_page_save, sender=document.model, dispatch_uid="search-save")
            post_delete.connect(on_page_change, sender=document.model, dispatch_uid="search-delete")
        for label in document.depends_on:
            post_save.connect(on_dependency_change, sender=label, dispatch_uid="search-dependency-save")
            # Before the delete: afterwards nobody knows what belonged to it. Recomputed after the commit either way.
            pre_delete.connect(on_dependency_change, sender=label, dispatch_uid="search-dependency-delete")
    for model in lexicon.term_models():
        labels = model._meta.get_field("labels").related_model
        for sender in (model, labels):
            post_save.connect(on_term_change, sender=sender, dispatch_uid="search-term-save")
            post_delete.connect(on_term_change, sender=sender, dispatch_uid="search-term-delete")
        for signal in (pre_save, pre_delete, post_save):
            signal.connect(on_label_change, sender=labels, dispatch_uid=f"search-label-{id(signal)}")
    post_save.connect(on_restriction_change, sender=PageViewRestriction, dispatch_uid="search-restriction-save")
    post_delete.connect(on_restriction_change, sender=PageViewRestriction, dispatch_uid="search-restriction-delete")
    request_started.connect(on_first_request, dispatch_uid="search-courier")


def on_page_change(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Published, unpublished, deleted: the one entry of its translation key."""
    for document in documents_of(type(instance)):
        refresh(document, [instance.translation_key])


def on_page_save(
    sender: type[models.Model], instance: Any, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """A live page written by itself, or about to be announced as published: noted in the transaction that writes it, so
    that nothing is forgotten when the process dies before the announcement. Drafts save with update_fields."""
    if update_fields is None and not raw and instance.live:
        for document in documents_of(type(instance)):
            mark_stale(document, [instance.translation_key])


def on_subtree_change(sender: type[models.Model], instance: Page, **kwargs: Any) -> None:
    """Moved or given another address: everything below has another address too, and maybe other readers."""
    _refresh_below(instance.path)


def on_restriction_change(sender: type[models.Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path:  # else the page itself is being deleted
        _refresh_below(path)


def _refresh_below(path: str) -> None:
    for document in all_documents():
        if document.model is not None and issubclass(document.model, Page):
            pages = document.model._default_manager.filter(path__startswith=path)
            refresh(document, pages.values_list("translation_key", flat=True))


def on_dependency_change(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    label = sender._meta.label
    for document in all_documents():
        if label in document.depends_on:
            keys = document.keys_for(instance)
            if kwargs.get("signal") is post_save and isinstance(instance, Term):
                keys = entries_without(document, keys, f"{sender._meta.model_name}:{instance.slug}")
            mark_stale(document, keys)


def on_term_change(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        lexicon.changed()


def on_label_change(sender: type[models.Model], instance: TermLabel, raw: bool = False, **kwargs: Any) -> None:
    """The words it loses (before) and gets (after): German compounds with them inside come apart otherwise."""
    if raw:
        return
    if kwargs["signal"] is post_save:
        label: Any = instance
    else:
        label = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    if label is not None:
        take_apart_after_commit(split_words(" ".join([label.label, label.synonyms])))


def on_first_request(sender: Any, **kwargs: Any) -> None:
    """A web process: from here on the courier looks after what outages leave behind."""
    request_started.disconnect(dispatch_uid="search-courier")
    start_courier()
