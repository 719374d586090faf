"""Saving a search, confirming, changing and ending it. Parse, call, render.

Links from mails are keys: whoever has one needs no session, so their forms carry no token and set no cookie. They
change nothing by being opened; mail scanners open them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alerts import services
from alerts.enums import Frequency
from alerts.forms import ChangeSearchForm, SaveSearchForm
from alerts.mails import manage_path
from alerts.models import SavedSearch
from alerts.notices import Notice, show
from alerts.querysets import SavedSearchQuerySet
from alerts.tokens import BadTokenError, Purpose, TokenExpiredError, read_token
from alerts.wording import Wording
from search.listing import Listing, listing_named
from search.views import SITE_SEARCH

View = Callable[..., HttpResponseBase]


def personal(view: View) -> View:
    """About one person: kept by no cache, and its address, which may be a key, is told to nobody."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        return response

    return cache_control(private=True, no_store=True)(answer)


def with_key(purpose: Purpose) -> Callable[[View], View]:
    """The view gets the search that the link's key is about; without one a page says why."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @personal
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponseBase:
            try:
                code = read_token(token, purpose)
            except TokenExpiredError:
                return show(request, Notice.EXPIRED)
            except BadTokenError:
                return show(request, Notice.MALFORMED)
            search = SavedSearch.objects.defer("seen").filter(code=code).first()
            return view(request, search) if search else show(request, Notice.GONE)

        return answer

    return decorate


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def save_search(request: HttpRequest) -> HttpResponse:
    """?listing=directory&… as the listing's own address has it."""
    listing = listing_named(request.GET.get("listing", ""))
    query = listing.canonical(request.GET) if listing else ""
    if listing is None or (listing.name == SITE_SEARCH.name and "q" not in request.GET):
        return show(request, Notice.NOTHING_TO_SAVE)
    user = request.user if request.user.is_authenticated else None
    if better := services.respelled(listing=listing, choices=request.GET, reader=user):
        return redirect(f"{request.path}?{better}")
    form = SaveSearchForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        return _save(request, listing, form)
    description = Wording(get_language() or "").describe(listing.name, query)
    return render(request, "alerts/save_search.html", {"form": form, "description": description})


def _save(request: HttpRequest, listing: Listing, form: SaveSearchForm) -> HttpResponse:
    user, email = form.user, form.cleaned_data.get("email", "")
    allowed = (
        ratelimit.consume(request, action="save_alert_as_member", user=user)
        if user
        else ratelimit.consume(request, action="save_alert", key=email)
    )
    if not allowed:
        return show(request, Notice.TOO_MANY)
    services.save_search(
        listing=listing,
        choices=request.GET,
        language=form.cleaned_data["language"],
        frequency=form.cleaned_data["frequency"],
        at=timezone.now(),
        user=user,
        email=email,
    )
    return redirect(_with_news(reverse("alerts:list"), "saved") if user else reverse("alerts:sent"))


@personal
@require_safe
def mail_sent(request: HttpRequest) -> HttpResponse:
    """The same for every address, known or not."""
    return show(request, Notice.LOOK_INTO_MAILBOX)


@with_key(Purpose.CONFIRM)
def confirm(request: HttpRequest, search: SavedSearch) -> HttpResponse:
    if request.method == "POST":
        services.confirm_search(search=search, at=timezone.now())
        return redirect(request.path)
    if search.confirmed_at:
        return show(request, Notice.ACTIVE, **_about(search), manage_url=manage_path(search))
    return render(request, "alerts/confirm.html", _about(search))


@with_key(Purpose.UNSUBSCRIBE)
def unsubscribe(request: HttpRequest, search: SavedSearch) -> HttpResponse:
    """POST is also what mail programs send (RFC 8058): it needs no token of a form and is not redirected."""
    if request.method == "POST":
        about = _about(search)
        services.delete_search(search=search)
        return show(request, Notice.UNSUBSCRIBED, **about)
    return render(request, "alerts/unsubscribe.html", {**_about(search), "manage_url": manage_path(search)})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def my_searches(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return show(request, Notice.SESSION_ENDED if request.method == "POST" else Notice.SIGNED_OUT)
    return _manage(request, SavedSearch.objects.of(user_id=request.user.pk))


@with_key(Purpose.MANAGE)
def searches_of_address(request: HttpRequest, search: SavedSearch) -> HttpResponse:
    if search.user_id:
        return redirect("alerts:list")
    return _manage(request, SavedSearch.objects.of(email=search.email), by_key=True)


def _manage(request: HttpRequest, searches: SavedSearchQuerySet, *, by_key: bool = False) -> HttpResponse:
    if request.method == "POST":
        return _change(request, searches)
    wording = Wording(get_language() or "")
    rows = [(search, wording.describe(search.listing, search.query)) for search in searches.defer("seen")]
    context = {"rows": rows, "frequencies": Frequency.choices, "news": request.GET.get("news", ""), "by_key": by_key}
    return render(request, "alerts/saved_searches.html", context)


def _change(request: HttpRequest, searches: SavedSearchQuerySet) -> HttpResponse:
    form = ChangeSearchForm(request.POST, searches=searches)
    if not form.is_valid() or form.search is None:
        return redirect(_with_news(request.path, "gone"))
    if form.cleaned_data["action"] == ChangeSearchForm.SAVE:
        services.change_frequency(search=form.search, frequency=form.cleaned_data["frequency"])
        return redirect(_with_news(request.path, "changed"))
    services.delete_search(search=form.search)
    path, left = request.path, searches.first()
    if left is not None and left.user_id is None:
        path = manage_path(left)  # the key in the address may have been that of the deleted one
    elif left is None and not form.search.user_id:
        return show(request, Notice.UNSUBSCRIBED)
    return redirect(_with_news(path, "deleted"))


def _with_news(path: str, news: str) -> str:
    """What was done is said by the address: a message would need a cookie."""
    return f"{path}?{urlencode({'news': news})}"


def _about(search: SavedSearch) -> dict[str, Any]:
    return {"search": search, "description": Wording(get_language() or "").describe(search.listing, search.query)}
