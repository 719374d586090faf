"""What editors change about the search: synonyms of terms, pinned pages, and the list of searches without results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.search import index

from core.models import Term, TermLabel

from .lexicon import term_models
from .models import EmptySearch, PinnedResult
from .query import clean_query

LONGEST_SYNONYM = 80
LOG_ACTION = "search.synonyms"


class SteeringError(Exception):
    """A change that cannot be made; its text is for the editor, in the active language."""


@dataclass(frozen=True, kw_only=True)
class Added:
    term: Term
    word: str
    was_there: bool  # nothing had to be changed


def model_of(concept: str) -> type[Term] | None:
    """The taxonomy of "skill:ceramics"; None for concepts that are no terms, such as areas."""
    kind = concept.partition(":")[0]
    return next((model for model in term_models() if model._meta.model_name == kind), None)


def may_change(user: Any, concept: str) -> bool:
    """Whoever may change a term in its own form may change it from here."""
    model = model_of(concept)
    return model is not None and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")


def changeable_kinds(user: Any) -> set[str]:
    return {model._meta.model_name or "" for model in term_models() if may_change(user, f"{model._meta.model_name}:")}


def add_synonym(*, concept: str, language: str, word: str, user: Any) -> Added:
    """The term is found by this word from the commit on. Doing it twice changes nothing more.

    Raises SteeringError for a word or a term that is none. Who may do it is asked before (may_change).
    """
    word = cleaned_word(word)
    with transaction.atomic():
        term, row = _locked_row(concept, language)
        known = {text.casefold() for text in (row.label, *row.synonym_list)}
        if was_there := word.casefold() in known:
            mark_solved(terms=word)
            return Added(term=term, word=word, was_there=was_there)
        _write(term, row, [*row.synonym_list, word], user)
        mark_solved(terms=word)
    return Added(term=term, word=word, was_there=False)


def set_synonyms(*, concept: str, language: str, words: Iterable[str], user: Any) -> Term:
    """Exactly these, in this order. Raises SteeringError."""
    distinct: dict[str, str] = {}
    for word in map(cleaned_word, words):
        distinct.setdefault(word.casefold(), word)
    wanted = list(distinct.values())
    with transaction.atomic():
        term, row = _locked_row(concept, language)
        if wanted != row.synonym_list:
            _write(term, row, wanted, user)
    return term


def cleaned_word(word: str) -> str:
    word = clean_query(word)
    if not word:
        raise SteeringError(_("Write the word that should find the term."))
    if "," in word or len(word) > LONGEST_SYNONYM:
        raise SteeringError(_("A synonym is one word or phrase, without commas and of 80 characters at most."))
    return word


def split_synonyms(text: str) -> list[str]:
    """What stands in the field of synonyms, separated by commas or lines."""
    return [word.strip() for word in text.replace("\n", ",").split(",") if word.strip()]


def _locked_row(concept: str, language: str) -> tuple[Term, TermLabel]:
    """The term and its row of labels; nobody else writes the row until the transaction ends."""
    model = model_of(concept)
    if model is None:
        raise SteeringError(_("There is no such term any more."))
    rows: Any = model._meta.get_field("labels").related_model
    slug = concept.partition(":")[2]
    row = rows.objects.select_for_update().filter(term__slug=slug, language=language).first()
    if row is None:
        if model.objects.filter(slug=slug).exists():
            raise SteeringError(_("This term has no label in that language yet: give it one first."))
        raise SteeringError(_("There is no such term any more."))
    return row.term, row


def _write(term: Term, row: TermLabel, synonyms: list[str], user: Any) -> None:
    before = row.synonym_list
    row.synonyms = ", ".join(synonyms)
    row.save(update_fields=["synonyms"])  # the lexicon hears of it
    index.insert_or_update_object(term)
    transaction.on_commit(type(term).drop_label_cache)
    data = {
        "language": row.language,
        "added": [word for word in synonyms if word not in before],
        "removed": [word for word in before if word not in synonyms],
    }
    log(instance=term, action=LOG_ACTION, user=user, title=row.label, data=data)


def mark_solved(*, terms: str, pk: int | None = None) -> int:
    """These words find something now: their rows leave the list, whatever filters they were searched with. A synonym of
    one language is found from all of them."""
    same = Q(terms=" ".join(terms.lower().split()))
    if pk is not None:
        same |= Q(pk=pk)
    rows = EmptySearch.objects.filter(same, state=EmptySearch.State.OPEN)
    return rows.update(state=EmptySearch.State.SOLVED)


def dismiss(*, row: EmptySearch) -> None:
    EmptySearch.objects.filter(pk=row.pk).update(state=EmptySearch.State.DISMISSED)


def pin_page(*, query: str, language: str, page: Any, user: Any) -> PinnedResult:
    """Raises SteeringError when it is pinned already or the query has no word."""
    pin = PinnedResult(query=clean_query(query)[:80], language=language, page=page)
    try:
        pin.full_clean()
    except ValidationError as error:
        raise SteeringError(" ".join(error.messages)) from error
    with transaction.atomic():
        pin.save()
        log(instance=pin, action="wagtail.create", user=user)
    return pin
