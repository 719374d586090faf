"""Translating pages asks for the right on the page.

wagtail-localize's own views ask only whether somebody may submit translations at all. These stand before them at the
same addresses (core.wagtail_hooks) and ask in addition what may be done with the page, its parent in the other
language, and its translations.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import Translation
from wagtail_localize.views import report, submit_translations, update_translations


def may_edit(user, page: Page) -> bool:
    return page.permissions_for_user(user).can_edit()


def may_publish(user, page: Page) -> bool:
    return page.permissions_for_user(user).can_publish()


def translated_parent(page: Page, locale: Locale) -> Page | None:
    """Where a translation of ``page`` would be put; ``None`` while the page above it is not translated."""
    parent = page.get_parent()
    return parent if parent.is_root() else parent.get_translation_or_none(locale)


class SubmitPageTranslationView(submit_translations.SubmitPageTranslationView):
    """Needs the right to edit the page, and to add pages below its parent in each language asked for."""

    def get_object(self) -> Page:
        page = super().get_object()
        if not may_edit(self.request.user, page):
            raise PermissionDenied
        return page

    def form_valid(self, form) -> HttpResponse:
        for locale in form.cleaned_data["locales"]:
            parent = translated_parent(self.object, locale)
            if parent is None:
                # wagtail-localize would put alias pages above it: text in one language under the address of another.
                message = _("Translate the page above this one into %(language)s first.")
                form.add_error("locales", message % {"language": locale.get_display_name()})
                return self.render_to_response(self.get_context_data(form=form))
            if not parent.permissions_for_user(self.request.user).can_add_subpage():
                raise PermissionDenied
        return super().form_valid(form)

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        return {**context, "form": kwargs.get("form", context["form"])}


class UpdateTranslationsView(update_translations.UpdateTranslationsView):
    """Needs the right to edit the source and every translation; publishing them at once, the right to publish each."""

    def get_object(self):
        source = super().get_object()
        self.targets = self._targets(source)
        try:
            pages = [source.get_source_instance(), *self.targets]
        except source.specific_content_type.model_class().DoesNotExist as error:
            raise Http404 from error
        if not all(may_edit(self.request.user, page) for page in pages if isinstance(page, Page)):
            raise PermissionDenied
        return source

    @staticmethod
    def _targets(source) -> list[Page]:
        """The pages that the source's translations made; a translation whose page was deleted has none."""
        locales = source.translations.filter(enabled=True).values("target_locale")
        pages = Page.objects.filter(translation_key=source.object_id, locale__in=locales)
        return list(pages.specific())

    def get_form(self):
        form = super().get_form()
        if not all(may_publish(self.request.user, page) for page in self.targets):
            if form.data.get("publish_translations"):
                raise PermissionDenied
            form.fields["publish_translations"].disabled = True
        return form


class TranslationsReportView(report.TranslationsReportView):
    """Lists translations of pages that the reader of the report may work on; 403 for whoever works on none."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change", "publish"}):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Translation]:
        pages = PagePermissionPolicy().explorable_instances(self.request.user).order_by()
        found = super().get_queryset().filter(source__object_id__in=pages.values("translation_key"))
        return found.order_by("source__object_repr", "target_locale__language_code")


def waiting_translation(user, page: Page) -> Translation | None:
    """The translation behind a draft that this person may send to moderation: wagtail-localize's own editor can only
    save and publish, so an editor without the right to publish needs a way on."""
    if not page.has_unpublished_changes or not page.latest_revision_id:
        return None
    translation = Translation.objects.filter(
        enabled=True, source__object_id=page.translation_key, target_locale=page.locale_id
    ).first()
    rights = page.permissions_for_user(user)
    return translation if translation and rights.can_edit() and rights.can_submit_for_moderation() else None


def submit_for_moderation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Asks, then starts the page's workflow on the translation as it stands. 403 where there is nothing to submit;
    the second of two submits finds the workflow under way and says so."""
    page = get_object_or_404(Page, pk=page_id).specific
    way_back = redirect("wagtailadmin_explore", page.get_parent().pk)
    if page.workflow_in_progress and may_edit(request.user, page):
        messages.info(request, _("“%(page)s” is in moderation already.") % {"page": page.get_admin_display_title()})
        return way_back
    translation = waiting_translation(request.user, page)
    if translation is None:
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "wagtailadmin/pages/submit_translation.html", {"page": page})
    with transaction.atomic():
        translation.save_target(user=request.user, publish=False)
        page.refresh_from_db()
        page.get_workflow().start(page, request.user)
    messages.success(
        request, _("“%(page)s” has been submitted for moderation.") % {"page": page.get_admin_display_title()}
    )
    return way_back


@require_POST
def refuse_stop(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A translation stays in step with its source: once stopped, only a restart that overwrites edits leads back."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    if not isinstance(page, Page) or not may_edit(request.user, page):
        raise PermissionDenied
    messages.error(
        request, _("This page follows its source. Change the source, or replace single texts and pictures here.")
    )
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """No alias pages: a page exists in a language when somebody translated it."""
    raise Http404
