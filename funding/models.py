"""Funding schemes. Whether one is open follows from its deadline and the day; nobody has to remember to close it."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks import LINE_FEATURES, DownloadBlock, StoryBlock
from core.fields import ChoicesListField
from core.models import BasePage
from funding.enums import CLOSING_DAYS, Applicant, FundingKind, FundingStatus
from funding.facets import FUNDING
from search.views import ListingServeMixin


class FundingIndexPage(ListingServeMixin, BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["funding.FundingPage"]
    max_count_per_parent = 1
    template = "funding/funding_index_page.html"
    listing = FUNDING
    suggested_terms = ("topic",)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("funding index")


class FundingPage(BasePage):
    introduction = models.TextField(
        _("introduction"), max_length=500, help_text=_("One or two sentences: what is paid for, and for whom.")
    )
    funder = models.CharField(_("funder"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=FundingKind, default=FundingKind.GRANT)
    amount_from = models.PositiveIntegerField(_("amount from"), null=True, blank=True, help_text=_("In euro."))
    amount_to = models.PositiveIntegerField(_("amount up to"), null=True, blank=True, help_text=_("In euro."))
    rate = models.PositiveSmallIntegerField(
        _("rate"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Share of the costs that is paid, in per cent."),
    )
    applicants = ChoicesListField(_("who may apply"), choices=Applicant.choices, blank=False)
    rules = RichTextField(_("conditions"), blank=True, features=[*LINE_FEATURES, "ul", "ol"])
    deadline = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("The last day on which an application is accepted.")
    )
    is_rolling = models.BooleanField(
        _("rolling"), default=False, help_text=_("Applications are accepted at any time; there is no deadline.")
    )
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)
    how_to_apply = RichTextField(_("how to apply"), blank=True, features=[*LINE_FEATURES, "ul", "ol"])
    documents = StreamField([("download", DownloadBlock())], verbose_name=_("documents"), blank=True)
    procedure_url = models.URLField(_("link to the procedure"), blank=True)
    topics = ParentalManyToManyField("core.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    subsectors = ParentalManyToManyField("core.Subsector", verbose_name=_("subsectors"), blank=True, related_name="+")

    parent_page_types = ["funding.FundingIndexPage"]
    subpage_types = []
    template = "funding/funding_page.html"
    search_document = "funding"
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("topics", "subsectors", "amount_from", "amount_to", "rate", "applicants")
        ),
        *(SynchronizedField(name, overridable=False) for name in ("kind", "deadline", "is_rolling")),
        SynchronizedField("procedure_url"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("funder")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("funder"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("amount_from"), FieldPanel("amount_to"), FieldPanel("rate")]),
                FieldRowPanel([FieldPanel("deadline"), FieldPanel("is_rolling")]),
            ],
            heading=_("At a glance"),
        ),
        MultiFieldPanel([FieldPanel("applicants"), FieldPanel("rules")], heading=_("Who may apply")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("how_to_apply"), FieldPanel("documents"), FieldPanel("procedure_url")],
            heading=_("How to apply"),
        ),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("subsectors")], heading=_("Where it belongs")),
    ]

    class Meta:
        verbose_name = _("funding scheme")
        verbose_name_plural = _("funding schemes")

    def clean(self):
        super().clean()
        if not self.is_rolling and not self.deadline:
            raise ValidationError(
                {"deadline": _("Give a deadline, or say that applications are accepted at any time.")}
            )
        if self.is_rolling and self.deadline:
            raise ValidationError({"deadline": _("A rolling scheme has no deadline.")})
        if self.amount_from and self.amount_to and self.amount_from > self.amount_to:
            raise ValidationError({"amount_to": _("The upper amount is smaller than the lower one.")})

    def status(self, on: datetime.date) -> FundingStatus:
        """Open, closing soon or closed on that day. The deadline itself is still open."""
        if self.deadline is None:
            return FundingStatus.OPEN
        if self.deadline < on:
            return FundingStatus.CLOSED
        if self.deadline <= on + datetime.timedelta(days=CLOSING_DAYS):
            return FundingStatus.CLOSING
        return FundingStatus.OPEN
