"""News: the reference app. The other page apps follow it file for file."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks import CorrectionBlock, StoryBlock
from core.models import BasePage
from news.facets import NEWS
from search.views import ListingServeMixin


class NewsIndexPage(ListingServeMixin, BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    template = "news/news_index_page.html"
    listing = NEWS
    suggested_terms = ("topic",)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("news index")


class NewsPage(BasePage):
    date = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("Shown to readers; news are ordered by it.")
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=400,
        help_text=_("Two sentences: what happened, and why it matters to the reader."),
    )
    lead_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Set its focal point in the image library, so that it survives being cropped."),
    )
    lead_image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the lead image shows, for readers who do not see it."),
    )
    topics = ParentalManyToManyField("core.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    subsectors = ParentalManyToManyField("core.Subsector", verbose_name=_("subsectors"), blank=True, related_name="+")
    body = StreamField(StoryBlock(), verbose_name=_("body"))
    related_pages = StreamField(
        [("page", PageChooserBlock(label=_("Page")))],
        verbose_name=_("related pages"),
        blank=True,
        max_num=4,
        help_text=_("Up to four pages that a reader of this one may want next."),
    )
    corrections = StreamField(
        [("correction", CorrectionBlock())],
        verbose_name=_("corrections"),
        blank=True,
        help_text=_("Shown to readers below the text, with their dates."),
    )

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []
    template = "news/news_page.html"
    search_document = "news"
    localize_default_translation_mode = "simple"
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("topics", overridable=False),
        SynchronizedField("subsectors", overridable=False),
        SynchronizedField("lead_image"),
        SynchronizedField("date"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("lead_image"), FieldPanel("lead_image_alt")], heading=_("Lead image")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("subsectors")], heading=_("Where it belongs")),
        FieldPanel("related_pages"),
        FieldPanel("corrections"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

    @property
    def lead_picture(self):
        return self.lead_image
