"""The taxonomies in the admin: one menu, one form per term with all its languages."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import Skill, Subsector, Term, Topic


class LabelColumn(Column):
    """The label in the editor's own language, from the cache of labels."""

    def get_value(self, instance: Term) -> str:
        return instance.label()


def with_uses(terms: QuerySet) -> QuerySet:
    """Annotate ``uses``: how many pages carry the term; a page and its translations count once. Still one query."""
    total = None
    for relation in terms.model._meta.get_fields(include_hidden=True):
        page_model = relation.related_model
        if not (relation.many_to_many and relation.auto_created and issubclass(page_model, Page)):
            continue
        through = relation.through
        term_column = relation.field.m2m_reverse_field_name()
        page_column = relation.field.m2m_field_name()
        count = (
            through.objects.filter(**{term_column: OuterRef("pk")})
            .order_by()
            .values(term_column)
            .annotate(found=Count(f"{page_column}__translation_key", distinct=True))
            .values("found")
        )
        part = Coalesce(Subquery(count, output_field=IntegerField()), 0)
        total = part if total is None else total + part
    return terms.annotate(uses=total) if total is not None else terms


class TermViewSet(SnippetViewSet):
    list_display = [
        LabelColumn("label", label=_("Label")),
        "slug",
        Column("uses", label=_("Used on pages"), accessor="uses", sort_key="uses"),
    ]
    ordering = ["position", "slug"]
    list_per_page = 100
    copy_view_enabled = False

    @property
    def breadcrumbs_items(self):
        # Wagtail's own are translated once, when the server starts: every editor would read the first language.
        return [{"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}]

    def get_queryset(self, request):
        return with_uses(self.model.objects.all())


class SubsectorViewSet(TermViewSet):
    model = Subsector
    icon = "folder-open-inverse"
    menu_label = _("Subsectors")


class SkillViewSet(TermViewSet):
    model = Skill
    icon = "tick-inverse"
    menu_label = _("Skills")
    list_filter = ["subsector"]
    list_display = [*TermViewSet.list_display[:2], "subsector", *TermViewSet.list_display[2:]]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("subsector")


class TopicViewSet(TermViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")


class TaxonomiesViewSetGroup(SnippetViewSetGroup):
    items = (SubsectorViewSet, SkillViewSet, TopicViewSet)
    menu_label = _("Taxonomies")
    menu_icon = "tag"
    menu_order = 350
