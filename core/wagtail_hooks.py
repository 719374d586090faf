"""The admin's frame: branding, taxonomies, and translation that asks for the right on the page."""

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import PermissionDenied
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import BaseViewRestriction
from wagtail.snippets.models import register_snippet
from wagtail_localize.models import Translation

from core import translation_views
from core.viewsets import TaxonomiesViewSetGroup

# wagtail-localize's switches between following the source and going one's own way. Restarting overwrites hand edits
# without a word, converting makes an alias page; neither is offered.
SWITCHES = {"localize-restart-translation", "localize-convert-to-alias"}

register_snippet(TaxonomiesViewSetGroup)


@hooks.register("register_admin_urls", order=-10)
def guard_translation_urls():
    """The same addresses as wagtail-localize's, before them: the first that matches answers."""
    views = translation_views
    return [
        path("localize/submit/page/<int:page_id>/", views.SubmitPageTranslationView.as_view()),
        path("localize/update/<int:translation_source_id>/", views.UpdateTranslationsView.as_view()),
        path("localize/translate/<int:translation_id>/disable/", views.refuse_stop),
        path("localize/page/<int:page_id>/convert_to_alias/", views.refuse_alias),
        path("translations/<int:page_id>/submit/", views.submit_for_moderation, name="submit_translation"),
        path("localize/reports/translations/", views.TranslationsReportView.as_view()),
        path("localize/reports/translations/results/", views.TranslationsReportView.as_view(results_only=True)),
    ]


@hooks.register("before_edit_page", order=-10)
def refuse_translation_switches(request, page):
    if request.method == "POST" and SWITCHES & set(request.POST):
        raise PermissionDenied


@hooks.register("construct_page_action_menu")
def drop_translation_switches(menu_items, request, context):
    menu_items[:] = [item for item in menu_items if item.name not in SWITCHES]


@hooks.register("construct_page_listing_buttons")
def offer_translation_only_where_allowed(buttons, page, user, context=None):
    """wagtail-localize shows its entries to whoever may translate anything."""
    if translation_views.may_edit(user, page):
        return
    prefix = reverse("wagtailadmin_home") + "localize/"
    for menu in buttons:
        if entries := getattr(menu, "dropdown_buttons", None):
            entries[:] = [entry for entry in entries if not (entry.url or "").startswith(prefix)]


def offer_moderation(page, user, view_name=None, next_url=None):
    if translation_views.waiting_translation(user, page):
        url = reverse("submit_translation", args=[page.pk])
        yield Button(_("Submit translation for moderation"), url, priority=61, icon_name="resubmit")


hooks.register("register_page_header_buttons", offer_moderation)
hooks.register("register_page_listing_more_buttons", offer_moderation)


class TranslationAgeMenuItem(ActionMenuItem):
    """Instead of the switches: how old a translation is, and whether its source has moved on since. Leads there."""

    name = "translation-age"
    icon_name = "time"

    def is_shown(self, context) -> bool:
        return context["view"] == "edit" and _source_page(context["page"]) is not None

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page, source = context["page"], _source_page(context["page"])
        context["url"] = reverse("wagtailadmin_pages:edit", args=[source.pk])
        context["label"] = translation_age(page, source)
        return context


def _source_page(page):
    translation = (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale_id=page.locale_id)
        .select_related("source")
        .first()
    )
    if translation is None:
        return None
    return page.get_translations().filter(locale_id=translation.source.locale_id).first()


def translation_age(page, source) -> str:
    """One line for the editor: when this translation was last touched, and whether the source changed since."""
    touched = page.latest_revision_created_at or page.first_published_at
    if touched is None:
        return _("Never edited: open its source")
    when = naturaltime(touched)
    changed = source.latest_revision_created_at
    if changed and changed > touched:
        return _("Translated %(when)s; the source changed since") % {"when": when}
    return _("Translated %(when)s; up to date with its source") % {"when": when}


@hooks.register("register_page_action_menu_item")
def register_translation_age():
    return TranslationAgeMenuItem(order=900)


@hooks.register("construct_reports_menu")
def translate_report_name(request, menu_items):
    """wagtail-localize's entry is made once, in the language of whoever opens the admin first."""
    for item in menu_items:
        if item.url == reverse("wagtail_localize:translations_report"):
            item.label = gettext_lazy("Translations")


@hooks.register("construct_help_menu")
def drop_release_notes(request, menu_items):
    """They are about Wagtail, on another host, and likewise in one editor's language for all."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new-in-wagtail")]


@hooks.register("insert_global_admin_css")
def admin_css():
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin.css"))


@hooks.register("before_serve_page", order=-10)
def refuse_page_to_others(page, request, serve_args, serve_kwargs):
    """Who is signed in already gets a plain refusal; the sign-in page would send them straight back, for ever."""
    if request.user.is_authenticated:
        _refuse_to_others(page.get_view_restrictions(), request)


@hooks.register("before_serve_document", order=-10)
def refuse_document_to_others(document, request):
    if request.user.is_authenticated:
        _refuse_to_others(document.collection.get_view_restrictions(), request)


def _refuse_to_others(restrictions, request) -> None:
    for restriction in restrictions:
        if restriction.restriction_type != BaseViewRestriction.PASSWORD and not restriction.accept_request(request):
            raise PermissionDenied
