"""Events, in the time zone of their place."""

import datetime
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks import ProgrammeEntryBlock, StoryBlock
from core.models import BasePage
from events.facets import EVENTS
from search.views import ListingServeMixin

TIME_ZONES = [
    (name, name.replace("_", " ")) for name in ("Europe/Luxembourg", "Europe/London", "Europe/Lisbon", "Europe/Athens")
]


class EventIndexPage(ListingServeMixin, BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count_per_parent = 1
    template = "events/event_index_page.html"
    listing = EVENTS

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("event index")


class EventPage(RoutablePageMixin, BasePage):
    introduction = models.TextField(_("introduction"), max_length=400)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        choices=TIME_ZONES,
        default="Europe/Luxembourg",
        help_text=_("Of the place; readers see the time as it is there."),
    )
    is_online = models.BooleanField(_("online"), default=False)
    venue = models.CharField(_("place"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    organiser = models.CharField(_("organiser"), max_length=160, blank=True)
    price = models.DecimalField(
        _("price"), max_digits=7, decimal_places=2, default=0, help_text=_("In euro; 0 means free of charge.")
    )
    registration_url = models.URLField(_("registration"), blank=True, help_text=_("Where one registers."))
    lead_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(_("alternative text"), max_length=255, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)
    programme = StreamField([("entry", ProgrammeEntryBlock())], verbose_name=_("programme"), blank=True)
    topics = ParentalManyToManyField("core.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    subsectors = ParentalManyToManyField("core.Subsector", verbose_name=_("subsectors"), blank=True, related_name="+")

    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []
    template = "events/event_page.html"
    search_document = "event"
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("topics", "subsectors", "starts_at", "ends_at", "time_zone", "is_online", "price")
        ),
        SynchronizedField("lead_image"),
        SynchronizedField("registration_url"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("venue")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("time_zone")],
            heading=_("When"),
        ),
        MultiFieldPanel([FieldPanel("is_online"), FieldPanel("venue"), FieldPanel("address")], heading=_("Where")),
        MultiFieldPanel(
            [FieldPanel("organiser"), FieldPanel("price"), FieldPanel("registration_url")], heading=_("Taking part")
        ),
        MultiFieldPanel([FieldPanel("lead_image"), FieldPanel("lead_image_alt")], heading=_("Lead image")),
        FieldPanel("body"),
        FieldPanel("programme"),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("subsectors")], heading=_("Where it belongs")),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The event ends before it starts.")})
        if not self.is_online and not self.venue:
            raise ValidationError({"venue": _("Give a place, or say that the event is online.")})

    @property
    def lead_picture(self):
        return self.lead_image

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def local_start(self) -> datetime.datetime:
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self) -> datetime.datetime:
        return self.ends_at.astimezone(self.zone)

    @property
    def is_one_day(self) -> bool:
        return self.local_start.date() == self.local_end.date()

    def is_past(self, at: datetime.datetime) -> bool:
        return self.ends_at < at

    @path("")
    def page(self, request):
        return self.render(request)

    # The router of RoutablePageMixin ends every path with a slash; the address itself has none (portal.urls).
    @path("calendar.ics/", name="calendar")
    def calendar(self, request):
        from events.ical import calendar_response

        return calendar_response(self, request)
