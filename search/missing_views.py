"""The page where a reader tells the cluster what is missing. Parse, call, render."""

from __future__ import annotations

from uuid import uuid4

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .listings import all_places
from .missing import TRAP, MissingForm, report_missing
from .models import MissingReport
from .query import clean_query


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest) -> HttpResponse:
    """A form; after sending it, thanks. Limited per address (ACCOUNT_RATE_LIMITS): a refused form keeps its text."""
    if request.method != "POST":
        initial = {"q": clean_query(request.GET.get("q", "")), "list": request.GET.get("list", ""), "key": uuid4()}
        return _page(request, MissingForm(initial=initial), sent="sent" in request.GET)
    form = MissingForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    if not form.is_trapped and not MissingReport.objects.filter(key=given["key"]).exists():
        if not ratelimit.consume(request, action="report_missing"):
            form.add_error(
                None, _("You have sent many messages in a short time. Please wait an hour, then send this one.")
            )
            return _page(request, form, status=429)
        report_missing(
            key=given["key"],
            query=given["q"],
            listing=given["list"],
            language=get_language() or settings.LANGUAGE_CODE,
            message=given["message"],
            email=given["email"],
        )
    return redirect(f"{reverse('search:missing')}?{urlencode({'sent': 1, 'list': given['list']})}")


def _page(request: HttpRequest, form: MissingForm, *, sent: bool = False, status: int = 200) -> HttpResponse:
    place = all_places().get(str(form["list"].value() or ""))
    back_url = place.address_in(get_language() or settings.LANGUAGE_CODE) if place else ""
    context = {"form": form, "sent": sent, "trap": TRAP, "back_url": back_url}
    return TemplateResponse(request, "search/missing.html", context, status=status)
