"""The admin page "Try a search": a change that is not saved, and the results before and after it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from . import lexicon as lexicons
from .lexicon import Lexicon
from .listings import all_places
from .query import MAX_CHARACTERS, clean_query
from .report_views import grouped
from .steering import SteeringError, mark_solved, may_change, model_of, pin_page, set_synonyms, split_synonyms
from .trial import Trial, lexicon_with, try_search

PAGE_ID = re.compile(r"[0-9]{1,9}")  # the chooser asks the database for whatever it is given
LONGEST_LIST = 2000  # characters of a term's synonyms


class TrialForm(forms.Form):
    """`synonyms_of` says for which term and language the synonyms were written: for another one they are looked up."""

    q = forms.CharField(label=gettext_lazy("Search for"), max_length=MAX_CHARACTERS)
    language = forms.ChoiceField(label=gettext_lazy("In the language"), choices=settings.LANGUAGES)
    listing = forms.ChoiceField(label=gettext_lazy("List"))
    concept = forms.ChoiceField(label=gettext_lazy("Term"), required=False)
    synonyms = forms.CharField(
        label=gettext_lazy("Its synonyms"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In the language above, separated by commas. Empty: none."),
    )
    synonyms_of = forms.CharField(required=False, widget=forms.HiddenInput)
    page = forms.ModelChoiceField(
        label=gettext_lazy("Page to show first"), queryset=Page.objects.all(), required=False, widget=AdminPageChooser
    )

    def __init__(self, data: QueryDict | None, *, lexicon: Lexicon, language: str) -> None:
        super().__init__(_filled(data, lexicon) if data else None)
        terms = {key: concept.label(language) for key, concept in lexicon.concepts.items() if model_of(key)}
        field: Any = self.fields["concept"]
        field.choices = [("", _("No change"))] + [(kind.capitalize(), found) for kind, found in grouped(terms, lexicon)]
        listing: Any = self.fields["listing"]
        listing.choices = [(key, place.label) for key, place in all_places().items()]
        self.fields["language"].initial = language

    def clean_q(self) -> str:
        return clean_query(self.cleaned_data["q"])

    def clean_synonyms(self) -> list[str]:
        return split_synonyms(self.cleaned_data["synonyms"])


def _filled(data: QueryDict, lexicon: Lexicon) -> QueryDict:
    """With the term's present synonyms, when another term or language has been chosen than they were written for."""
    data = data.copy()
    concept, language = data.get("concept", ""), data.get("language", "")
    chosen = f"{concept} {language}"
    if "synonyms" not in data or data.get("synonyms_of", chosen) != chosen:
        known = lexicon.concepts.get(concept)
        data["synonyms"] = ", ".join(known.words.get(language, ())[1:]) if known else ""
    data["synonyms_of"] = chosen
    if not PAGE_ID.fullmatch(data.get("page", "")):
        data["page"] = ""
    data.setdefault("listing", next(iter(all_places())))
    return data


def trial(request: HttpRequest) -> HttpResponse:
    """GET: the form, and with a query the comparison. POST: the same fields; the change is saved."""
    if not request.user.has_perm("search.view_emptysearch"):
        raise PermissionDenied
    lexicon = lexicons.current()
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    data = request.POST if request.method == "POST" else request.GET
    form = TrialForm(data if "q" in data else None, lexicon=lexicon, language=language)
    if request.method == "POST" and form.is_valid():
        return _save(request, form.cleaned_data, lexicon)
    found = _compare(form.cleaned_data, lexicon) if form.is_bound and form.is_valid() else None
    return TemplateResponse(request, "search/admin/trial.html", _context(request, form, found))


def _compare(chosen: dict[str, Any], lexicon: Lexicon) -> Trial:
    place = all_places()[chosen["listing"]]
    changed = lexicon_with(
        lexicon,
        query=chosen["q"],
        language=chosen["language"],
        concept=chosen["concept"],
        synonyms=chosen["synonyms"],
        page=chosen["page"],
    )
    path = place.address_in(chosen["language"])
    return try_search(
        place=place, query=chosen["q"], language=chosen["language"], before=lexicon, after=changed, path=path
    )


def _context(request: HttpRequest, form: TrialForm, found: Trial | None) -> dict[str, Any]:
    chosen = form.cleaned_data if found else {}
    query = {name: form.data.get(name, "") for name in ("q", "language", "listing", "concept", "synonyms")}
    base = f"{reverse('search_trial:index')}?{urlencode(query)}"
    may_save = bool(found and found.after) and _may_save(request.user, chosen)
    return {
        "form": form,
        "found": found,
        "may_save": may_save,
        "pin_url": f"{base}&page=",
        "hidden": [(name, value) for name, value in [*query.items(), ("page", form.data.get("page", ""))] if value]
        if found
        else [],
        "is_elsewhere": bool(chosen.get("page"))
        and found is not None
        and found.after is not None
        and not any(row.hit.key == str(chosen["page"].translation_key) for row in found.rows_after),
    }


def _may_save(user: Any, chosen: dict[str, Any]) -> bool:
    if chosen["concept"] and not may_change(user, chosen["concept"]):
        return False
    return not chosen["page"] or user.has_perm("search.add_pinnedresult")


def _save(request: HttpRequest, chosen: dict[str, Any], lexicon: Lexicon) -> HttpResponse:
    if not _may_save(request.user, chosen):
        raise PermissionDenied
    user, language, query = request.user, chosen["language"], chosen["q"]
    try:
        if chosen["concept"]:
            set_synonyms(concept=chosen["concept"], language=language, words=chosen["synonyms"], user=user)
        if chosen["page"]:
            pin_page(query=query, language=language, page=chosen["page"], user=user)
    except SteeringError as error:
        messages.error(request, str(error))
    else:
        mark_solved(terms=query)
        path = all_places()[chosen["listing"]].address_in(language)
        button = messages.button(f"{path}?{urlencode({'q': query})}", _("See the search"))
        messages.success(request, _("Saved."), buttons=[button])
    again = {"q": query, "language": language, "listing": chosen["listing"], "concept": chosen["concept"]}
    return redirect(f"{reverse('search_trial:index')}?{urlencode(again)}")


def term_form(request: HttpRequest, concept: str) -> HttpResponse:
    """From a term's form, which may come with it unsaved: the trial with the synonyms of one language filled in.

    The language is the first whose synonyms are not the saved ones, else the editor's.
    """
    if not request.user.has_perm("search.view_emptysearch"):
        raise PermissionDenied
    lexicon = lexicons.current()
    known = lexicon.concepts.get(concept)
    if known is None:
        raise Http404
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    written = _written(concept, request.POST)
    for code, synonyms in written.items():
        if synonyms != list(known.words.get(code, ())[1:]):
            language = code
            break
    synonyms = written.get(language, list(known.words.get(language, ())[1:]))
    words = [word for word in synonyms if word not in known.words.get(language, ())] or [known.label(language)]
    given = {"q": words[0], "language": language, "concept": concept, "synonyms": ", ".join(synonyms)}
    return redirect(f"{reverse('search_trial:index')}?{urlencode(given)}")


def _written(concept: str, posted: QueryDict) -> dict[str, list[str]]:
    """Language → synonyms, from the rows of labels of a term's form. A saved row does not send its language again."""
    model = model_of(concept)
    if model is None or not posted:
        return {}
    rows: Any = model._meta.get_field("labels").related_model
    languages = dict(rows.objects.filter(term__slug=concept.partition(":")[2]).values_list("pk", "language"))
    saved = {str(pk): language for pk, language in languages.items()}
    found = {}
    for number in range(len(settings.LANGUAGES)):
        row = f"labels-{number}-"
        language = posted.get(f"{row}language") or saved.get(posted.get(f"{row}id", ""), "")
        if language in dict(settings.LANGUAGES) and not posted.get(f"{row}DELETE"):
            found[language] = split_synonyms(posted.get(f"{row}synonyms", "")[:LONGEST_LIST])
    return found
