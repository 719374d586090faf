"""An event as an iCalendar file (RFC 5545), with the definition of its time zone."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event


def calendar_response(page, request: HttpRequest) -> HttpResponse:
    calendar = Calendar()
    calendar.add("prodid", "-//Creative cluster portal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(page, request))
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return response


def _event(page, request: HttpRequest) -> Event:
    event = Event()
    event.add("uid", f"{page.translation_key}@{request.get_host().split(':')[0]}")
    event.add("summary", page.title)
    event.add("description", page.introduction)
    event.add("dtstart", page.local_start)
    event.add("dtend", page.local_end)
    event.add("dtstamp", page.last_published_at or timezone.now())
    event.add("url", request.build_absolute_uri(page.get_url(request)))
    if place := ", ".join(part for part in (page.venue, page.address) if part):
        event.add("location", place)
    return event
