"""Search in the admin, and the ways there from a term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from core.models import Term

from .steering import LOG_ACTION
from .viewsets import SEE_SEARCHES, SearchViewSetGroup

register_snippet(SearchViewSetGroup)


def trial_address(term: Term) -> str:
    return reverse("search_trial:term", args=[f"{term._meta.model_name}:{term.slug}"])


class TrySynonymsItem(ActionMenuItem):
    """Sends the form as it stands, not saved, to the page that shows what it would change."""

    name = "action-try-synonyms"
    label = _("Try these synonyms")
    icon_name = "search"
    template_name = "search/admin/try_synonyms_item.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and context["request"].user.has_perm(SEE_SEARCHES)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return trial_address(parent_context["instance"])


@hooks.register("register_snippet_action_menu_item")
def offer_trial_in_form(model: type[Any]) -> ActionMenuItem | None:
    return TrySynonymsItem(order=50) if issubclass(model, Term) else None


@hooks.register("register_snippet_listing_buttons")
def offer_trial_in_list(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Term) and user.has_perm(SEE_SEARCHES):
        yield Button(_("Try its synonyms"), trial_address(snippet), icon_name="search", priority=60)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("search/admin.css"))


@hooks.register("register_log_actions")
def name_log_actions(actions: Any) -> None:
    @actions.register_action(LOG_ACTION)
    class SynonymsFormatter(LogFormatter):
        label = _("Change synonyms")

        def format_message(self, log_entry: Any) -> str:
            added, removed = log_entry.data.get("added", []), log_entry.data.get("removed", [])
            words = ", ".join([*(f"+ {word}" for word in added), *(f"− {word}" for word in removed)])
            return _("Synonyms changed (%(language)s): %(words)s") % {
                "language": log_entry.data.get("language", ""),
                "words": words,
            }
