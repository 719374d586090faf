"""Writing a mail, in its reader's language, with what this reader may see at the moment of sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts.enums import MailKind
from alerts.models import AlertMail, SavedSearch
from alerts.tokens import Purpose, make_token
from alerts.wording import Description, Wording
from core.models import SiteSettings
from core.templatetags.portal_tags import hit_url
from search.listing import Hit, audiences_of, hit_from, listing_named
from search.models import SearchEntry

SHOWN = 10  # results in one mail; of the others it says how many
LONGEST_SUBJECT, LONGEST_SUMMARY = 120, 160  # characters


@dataclass(frozen=True)
class Result:
    """One line of a mail."""

    title: str
    url: str  # absolute
    type_label: str  # where things of several kinds are listed, else ""
    summary: str
    language: str  # of title and summary; "" when it is the mail's


def compose(mail: AlertMail) -> EmailMultiAlternatives | None:
    """None when there is nothing to send: results that are gone or may not be seen, an account that is closed."""
    search = mail.search
    if search.user is not None and not search.user.is_active:
        return None
    with translation.override(search.language):
        wording = Wording(search.language)
        description = wording.describe(search.listing, search.query)
        context = _context(search, description)
        if mail.kind == MailKind.RESULTS:
            keys = readable(mail.keys, search)
            if not keys:
                return None
            directory = wording.places.get("directory")
            context |= _results(keys, search, directory.url if directory else "")
        return _message(mail, _subject(mail, context), context)


def readable(keys: Sequence[str], search: SavedSearch) -> list[str]:
    """Those that are listed for this reader now, in their order."""
    entries = SearchEntry.objects.readable_by(list(audiences_of(search.user))).filter(key__in=keys)
    there = {str(key) for key in entries.values_list("key", flat=True)}
    return [key for key in keys if key in there]


def _results(keys: list[str], search: SavedSearch, directory_url: str) -> dict[str, Any]:
    shown = keys[:SHOWN]
    entries = SearchEntry.objects.readable_by(list(audiences_of(search.user))).filter(key__in=shown)
    bodies = {str(key): body for key, body in entries.values_list("key", "body")}
    hits = [hit_from(bodies[key], search.language) for key in shown if key in bodies]
    listing = listing_named(search.listing)
    mixed = listing is not None and len(listing.doc_types()) > 1
    return {
        "count": len(keys),
        "more": len(keys) - len(hits),
        "results": [_result(hit, directory_url, mixed=mixed) for hit in hits],
    }


def _result(hit: Hit, directory_url: str, *, mixed: bool) -> Result:
    path = hit_url({"chrome": {"directory_url": directory_url}}, hit)  # type: ignore[arg-type]
    return Result(
        title=str(hit.card.get("title", "")),
        url=absolute(path),
        type_label=hit.type_label if mixed else "",
        summary=Truncator(hit.card.get("summary") or "").chars(LONGEST_SUMMARY),
        language="" if hit.is_translated else hit.language,
    )


def _context(search: SavedSearch, description: Description) -> dict[str, Any]:
    contact = SiteSettings.objects.first()
    return {
        "site_name": contact.name if contact else settings.WAGTAIL_SITE_NAME,
        "site_url": absolute("/"),
        "language": search.language,
        "description": description,
        "is_member": search.user is not None,
        "frequency": search.get_frequency_display(),
        "listing_url": absolute(description.url),
        "newest_url": absolute(description.newest_url),
        "confirm_url": absolute(_token_path("confirm", search, Purpose.CONFIRM)),
        "unsubscribe_url": absolute(_token_path("unsubscribe", search, Purpose.UNSUBSCRIBE)),
        "manage_url": absolute(manage_path(search)),
    }


def _token_path(name: str, search: SavedSearch, purpose: Purpose) -> str:
    return reverse(f"alerts:{name}", args=[make_token(search.code, purpose)])


def manage_path(search: SavedSearch) -> str:
    """Where its owner finds it among the others: signed in, or by a link that is a key."""
    return reverse("alerts:list") if search.user_id else _token_path("manage", search, Purpose.MANAGE)


def absolute(path: str) -> str:
    """With the portal's own address (BASE_URL); "" stays empty."""
    if not path or urlsplit(path).scheme:
        return path
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def _subject(mail: AlertMail, context: dict[str, Any]) -> str:
    what = str(context["description"])
    if mail.kind == MailKind.CONFIRM:
        subject = _("Please confirm your alert – %(what)s") % {"what": what}
    elif mail.kind == MailKind.EXISTS:
        subject = _("You have this alert already – %(what)s") % {"what": what}
    elif mail.kind == MailKind.ENDED:
        subject = _("Your alert has ended – %(what)s") % {"what": what}
    else:
        template = ngettext("%(count)d new result – %(what)s", "%(count)d new results – %(what)s", context["count"])
        subject = template % {"count": context["count"], "what": what}
    subject = " ".join(subject.split())  # one line, whatever stands in a title
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1].rstrip()}…"


def _message(mail: AlertMail, subject: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    context = {**context, "subject": subject}
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<alert-{mail.code.hex}@{host}>",  # the same whenever it is sent
        "Auto-Submitted": "auto-generated",
        "Content-Language": context["language"],
    }
    if mail.kind in (MailKind.RESULTS, MailKind.EXISTS):
        headers["List-Unsubscribe"] = f"<{context['unsubscribe_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"alerts/mails/{mail.kind}.txt", context).strip() + "\n",
        to=[mail.search.address],
        headers=headers,
    )
    message.attach_alternative(render_to_string(f"alerts/mails/{mail.kind}.html", context), "text/html")
    return message
