"""Legal guides: long texts in sections, with their sources, and the dates of their reviews."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks import LINE_FEATURES, DownloadBlock, GlossaryTermBlock, ReferenceBlock, SectionBlock
from core.models import BasePage
from guides.facets import GUIDES
from search.views import ListingServeMixin


class GuideIndexPage(ListingServeMixin, BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["guides.GuidePage"]
    max_count_per_parent = 1
    template = "guides/guide_index_page.html"
    listing = GUIDES
    suggested_terms = ("topic",)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("guide index")


class GuidePage(BasePage):
    introduction = models.TextField(
        _("introduction"), max_length=500, help_text=_("One or two sentences: whom it helps, with what.")
    )
    key_points = StreamField(
        [("point", CharBlock(label=_("Key point"), max_length=400))],
        verbose_name=_("key points"),
        blank=True,
        max_num=7,
        help_text=_("What a reader takes away who reads nothing else."),
    )
    sections = StreamField([("section", SectionBlock())], verbose_name=_("sections"))
    references = StreamField([("reference", ReferenceBlock())], verbose_name=_("legal references"), blank=True)
    glossary = StreamField([("term", GlossaryTermBlock())], verbose_name=_("glossary"), blank=True)
    downloads = StreamField([("download", DownloadBlock())], verbose_name=_("downloads"), blank=True)
    who_to_ask = RichTextField(_("who to ask"), blank=True, features=[*LINE_FEATURES, "ul"])
    reviewed_on = models.DateField(_("reviewed on"), help_text=_("When somebody competent last read all of it."))
    review_due = models.DateField(_("review due"), help_text=_("Readers are told when this date has passed."))
    topics = ParentalManyToManyField("core.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    subsectors = ParentalManyToManyField("core.Subsector", verbose_name=_("subsectors"), blank=True, related_name="+")
    skills = ParentalManyToManyField("core.Skill", verbose_name=_("skills"), blank=True, related_name="+")

    parent_page_types = ["guides.GuideIndexPage"]
    subpage_types = []
    template = "guides/guide_page.html"
    search_document = "guide"
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("topics", overridable=False),
        SynchronizedField("subsectors", overridable=False),
        SynchronizedField("skills", overridable=False),
        SynchronizedField("reviewed_on", overridable=False),
        SynchronizedField("review_due", overridable=False),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("key_points"),
        FieldPanel("sections"),
        MultiFieldPanel(
            [FieldPanel("references"), FieldPanel("glossary"), FieldPanel("downloads"), FieldPanel("who_to_ask")],
            heading=_("Sources and help"),
        ),
        MultiFieldPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")], heading=_("Review")),
        MultiFieldPanel(
            [FieldPanel("topics"), FieldPanel("subsectors"), FieldPanel("skills")], heading=_("Where it belongs")
        ),
    ]

    class Meta:
        verbose_name = _("legal guide")
        verbose_name_plural = _("legal guides")

    def clean(self):
        super().clean()
        if self.reviewed_on and self.review_due and self.review_due <= self.reviewed_on:
            raise ValidationError({"review_due": _("The next review comes after the last one.")})

    def is_review_overdue(self, on: datetime.date) -> bool:
        return self.review_due < on
