"""The first panel an editor sees: what waits to be done, in a handful of queries whatever the portal holds."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import Translation

from funding.enums import CLOSING_DAYS
from funding.models import FundingPage
from guides.models import GuidePage

# Rows shown per list; the heading counts all.
SHOWN = 5
# A guide is announced this long before its review is due.
REVIEW_NOTICE_DAYS = 30


@dataclass(frozen=True)
class Entry:
    page: Page
    detail: str = ""


@dataclass(frozen=True)
class Task:
    """One list of the panel."""

    title: str
    entries: list[Entry] = field(default_factory=list)
    more: int = 0  # how many there are beyond the entries shown


def tasks_for(user, at: datetime.datetime) -> list[Task]:
    """What this person may do next; lists that are empty are left out."""
    today = timezone.localdate(at)
    mine = PagePermissionPolicy().instances_user_has_permission_for(user, "change").values("pk")
    return [
        task
        for task in (
            _drafts(user),
            _to_approve(user),
            _translations_to_publish(user),
            _reviews(mine, today),
            _closing(mine, today),
            _outdated(mine),
        )
        if task.entries
    ]


def _task(title: str, found: list[tuple[Page, str]]) -> Task:
    entries = [Entry(page, detail) for page, detail in found]
    return Task(title, entries[:SHOWN], max(0, len(entries) - SHOWN))


def _in_one_language(pages: list[Page]) -> list[Page]:
    """Each thing once: in the reader's language, else in whichever comes first."""
    language = (get_language() or "").split("-")[0]
    chosen: dict = {}
    for page in pages:
        if page.translation_key not in chosen or page.locale.language_code == language:
            chosen[page.translation_key] = page
    return list(chosen.values())


def _drafts(user) -> Task:
    drafts = Page.objects.filter(owner=user, has_unpublished_changes=True, depth__gt=1)
    drafts = drafts.order_by(F("latest_revision_created_at").desc(nulls_last=True)).select_related("locale")
    return _task(_("Your drafts"), [(page, page.locale.get_display_name()) for page in drafts[:50]])


def _to_approve(user) -> Task:
    states = TaskState.objects.reviewable_by(user).select_related("revision__user").order_by("started_at")
    states = states.prefetch_related("revision__content_object")[:50]
    found = []
    for state in states:
        page = state.revision.content_object
        if isinstance(page, Page):
            found.append((page, str(state.revision.user or "")))
    return _task(_("Waiting for your approval"), found)


def _translations_to_publish(user) -> Task:
    """Finished or half done: a translation tied to its source has no workflow of its own, so whoever may publish it is
    told here."""
    publishable = PagePermissionPolicy().instances_user_has_permission_for(user, "publish").values("pk")
    translation = Translation.objects.filter(
        enabled=True, source__object_id=OuterRef("translation_key"), target_locale_id=OuterRef("locale_id")
    )
    pages = Page.objects.filter(Exists(translation), pk__in=publishable, has_unpublished_changes=True)
    pages = pages.order_by("latest_revision_created_at").select_related("locale")
    return _task(_("Translations to publish"), [(page, page.locale.get_display_name()) for page in pages[:50]])


def _reviews(mine: QuerySet, today: datetime.date) -> Task:
    due = GuidePage.objects.filter(
        pk__in=mine, live=True, review_due__lte=today + datetime.timedelta(days=REVIEW_NOTICE_DAYS)
    ).order_by("review_due")
    pages = _in_one_language(list(due.select_related("locale")[:150]))
    pages.sort(key=lambda page: page.review_due)
    text = _("Review due: %(date)s")
    return _task(_("Guides to review"), [(page, text % {"date": date_format(page.review_due)}) for page in pages])


def _closing(mine: QuerySet, today: datetime.date) -> Task:
    closing = FundingPage.objects.filter(
        pk__in=mine, live=True, deadline__range=(today, today + datetime.timedelta(days=CLOSING_DAYS))
    ).order_by("deadline")
    pages = _in_one_language(list(closing.select_related("locale")[:150]))
    pages.sort(key=lambda page: page.deadline)
    return _task(_("Funding closing soon"), [(page, _days_left(page.deadline, today)) for page in pages])


def _days_left(deadline: datetime.date, today: datetime.date) -> str:
    days = (deadline - today).days
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def _outdated(mine: QuerySet) -> Task:
    """Translations whose source was edited after them."""
    edited_since = Page.objects.filter(
        translation_key=OuterRef("source__object_id"),
        locale_id=OuterRef("source__locale_id"),
        latest_revision_created_at__gt=OuterRef(OuterRef("latest_revision_created_at")),
    )
    translation = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale_id=OuterRef("locale_id")
    ).filter(Exists(edited_since))
    pages = Page.objects.filter(Exists(translation), pk__in=mine).order_by("latest_revision_created_at")
    found = [(page, page.locale.get_display_name()) for page in pages.select_related("locale")[:50]]
    return _task(_("Translations older than their source"), found)


class WelcomePanel(Component):
    name = "portal_welcome"
    template_name = "wagtailadmin/home/portal_welcome.html"
    order = 50

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"user": user, "tasks": tasks_for(user, timezone.now())}
