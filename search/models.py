"""What search keeps in the database: the denormalised entries, the outbox and the register of index builds.

An entry is a copy of what is published, never the truth: it can be recomputed from the pages at any time
(`manage.py search_index rebuild --entries`). Why the copy exists at all: docs/decisions/0001-search-entries.md.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

LAST_CHARACTER = "\U0010ffff"


class Audience(models.TextChoices):
    """Who may find a thing. Whatever is behind a password or a group is not listed at all."""

    PUBLIC = "public", _("Everybody")
    SIGNED_IN = "signed-in", _("Signed-in people")


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def listed(self) -> SearchEntryQuerySet:
        return self.filter(is_listed=True)

    def readable_by(self, audiences: list[str]) -> SearchEntryQuerySet:
        return self.listed().filter(audience__in=audiences)

    def stale(self) -> SearchEntryQuerySet:
        return self.filter(is_stale=True)


class SearchEntry(models.Model):
    """One row per thing, all its translations together. An unlisted row is a tombstone: emptied, with its version."""

    doc_type = models.CharField(max_length=30)
    key = models.UUIDField(help_text="The translation key that all language versions share.")
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.PUBLIC)
    is_listed = models.BooleanField(default=False)
    # Set in the transaction that changes something the entry is made from; cleared when it is recomputed.
    is_stale = models.BooleanField(default=False)
    languages = models.JSONField(default=list)
    source_language = models.CharField(max_length=10, blank=True)
    # What a card is drawn from: {"key", "type", "languages", "source_language", "concepts": [...],
    # "cards": {language: {...}}}.
    body = models.JSONField(default=dict)
    # What is searched: {"title"|"summary"|"works"|"text"|"parts": {language: string}}; apart, so that lists are quick.
    texts = models.JSONField(default=dict)
    sort_name = models.CharField(max_length=255, blank=True, help_text="Folded to plain lower-case letters.")
    sort_date = models.DateTimeField(null=True)
    axis_date = models.DateTimeField(null=True, help_text="The date a date facet works on: deadline, end of an event.")
    # Analysed words and concepts, each once: " =skill:ceramics de:illustration fr:illustr ", always with spaces around.
    title_terms = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    version = models.BigIntegerField(default=0, help_text="Id of the last outbox row: the version in Elasticsearch.")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [models.UniqueConstraint(fields=["doc_type", "key"], name="search_entry_once_per_thing")]
        indexes = [
            models.Index(fields=["doc_type", "is_listed", "sort_name", "key"], name="search_entry_by_name"),
            models.Index(fields=["doc_type", "is_listed", "sort_date", "key"], name="search_entry_by_date"),
            models.Index(fields=["doc_type", "is_listed", "axis_date", "key"], name="search_entry_by_axis"),
            models.Index(fields=["doc_type", "version"], name="search_entry_by_version"),
            models.Index(fields=["id"], name="search_entry_stale", condition=models.Q(is_stale=True)),
        ]

    def __str__(self) -> str:
        return f"{self.doc_type}:{self.key}"


class SearchEntryValue(models.Model):
    """One value of one facet of one entry."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="values")
    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("search value")
        verbose_name_plural = _("search values")
        constraints = [models.UniqueConstraint(fields=["entry", "facet", "value"], name="search_value_once_per_entry")]
        indexes = [models.Index(fields=["facet", "value", "entry"], name="search_value_by_facet")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class SuggestionWordQuerySet(models.QuerySet["SuggestionWord"]):
    def beginning(self, *texts: str) -> SuggestionWordQuerySet:
        """Words that begin with one of these."""
        return self.filter(reduce(or_, map(begins_with, texts)))


def begins_with(text: str) -> models.Q:
    """A condition that the index answers: LIKE on PostgreSQL (varchar_pattern_ops), a range of bytes on SQLite."""
    if connection.vendor == "postgresql":
        return models.Q(word__startswith=text)
    return models.Q(word__gte=text, word__lt=f"{text}{LAST_CHARACTER}")


class SuggestionWord(models.Model):
    """One beginning of an entry's title: a folded word with the words after it. Type and audience are the entry's."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(help_text="Telling words before it in the title.")
    languages = models.CharField(max_length=100, help_text='Of the titles it is in: " de fr ".')
    shown_in = models.CharField(max_length=100, help_text="Languages of the readers who are shown such a title.")
    doc_type = models.CharField(max_length=30)
    audience = models.CharField(max_length=20, choices=Audience)

    objects = SuggestionWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes = [models.Index(fields=["word"], name="suggestion_by_word", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.word


class OutboxRow(models.Model):
    """A change Elasticsearch has not been told about yet. Written with the change, removed when every index has it."""

    doc_type = models.CharField(max_length=30)
    key = models.UUIDField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("undelivered change")
        verbose_name_plural = _("undelivered changes")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.doc_type}:{self.key}"


class LexiconStamp(models.Model):
    """One row. Another stamp after every change of a term: how a process knows that its lexicon is out of date."""

    stamp = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("lexicon stamp")
        verbose_name_plural = _("lexicon stamps")

    def __str__(self) -> str:
        return self.stamp


class KnownWord(models.Model):
    """A folded word that stands, or once stood, in something public: what a misspelt word may have been meant for."""

    LONGEST = 40

    word = models.CharField(max_length=LONGEST, unique=True)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")

    def __str__(self) -> str:
        return self.word


class EmptySearch(models.Model):
    """A search that found nothing, or only with fewer words than were typed.

    Nobody's: no address, no user, no time of a single search; what looks personal is never written (emptiness.py).
    """

    class Outcome(models.TextChoices):
        NOTHING = "nothing", _("Nothing found")
        FEWER = "fewer", _("Found with fewer words")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SOLVED = "solved", _("Solved")
        DISMISSED = "dismissed", _("Dismissed")

    LONGEST = 80

    listing = models.CharField(_("list"), max_length=100)  # Listing.key
    terms = models.CharField(_("searched for"), max_length=LONGEST, blank=True)  # lower case
    filters = models.CharField(_("filters"), max_length=300, blank=True)  # "area=south&skill=glass"
    language = models.CharField(_("language"), max_length=10)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.NOTHING)  # of the last one
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    count = models.PositiveIntegerField(_("times"), default=1)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        constraints = [
            models.UniqueConstraint(fields=["terms", "filters", "listing", "language"], name="search_empty_once")
        ]
        indexes = [
            models.Index(fields=["state", "-count"], name="search_empty_by_count"),
            models.Index(fields=["last_at"], name="search_empty_by_time"),
        ]

    def __str__(self) -> str:
        return self.terms or self.filters


class PinnedResult(models.Model):
    """A page shown first for a query, where that page is listed and may be read."""

    query = models.CharField(
        _("query"),
        max_length=80,
        help_text=_("As people type it. Capitals, accents and the order of words do not count."),
    )
    words = models.CharField(max_length=120, editable=False, default="")  # what the query is compared by: pins.words_of
    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=[("", _("All languages")), *settings.LANGUAGES]
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Shown in every list that has it; its translations count as the same page."),
    )
    key = models.UUIDField(editable=False)  # the translation key of the page
    position = models.PositiveSmallIntegerField(_("position"), default=1, help_text=_("1 stands first."))

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ["query", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["words", "language", "key"], name="search_pin_once")]

    def __str__(self) -> str:
        return self.query

    def save(self, *args: Any, **kwargs: Any) -> None:
        from . import lexicon

        self._complete()
        with transaction.atomic():
            super().save(*args, **kwargs)
            lexicon.changed()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        from . import lexicon

        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            lexicon.changed()
        return deleted

    def clean(self) -> None:
        super().clean()
        if not self.page_id:
            return
        self._complete()
        if not self.words:
            raise ValidationError({"query": _("There is no word in it to search for.")})
        others = PinnedResult.objects.exclude(pk=self.pk).filter(words=self.words, key=self.key)
        if self.language:
            others = others.filter(language__in=["", self.language])
        if others.exists():
            message = _("This page is pinned for this query already, in this language or in all.")
            raise ValidationError({"page": ValidationError(message, code="duplicate")})

    def _complete(self) -> None:
        from .pins import words_of  # it asks the interpretation, which asks the models

        self.words = words_of(self.query)
        self.key = self.page.translation_key


class MissingReport(models.Model):
    """What a reader did not find and told the cluster about. The e-mail address goes after twelve months."""

    LONGEST = 2000

    key = models.UUIDField(unique=True, editable=False)  # of the form: a second submit is the first one
    query = models.CharField(_("searched for"), max_length=200, blank=True)
    listing = models.CharField(_("list"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=10)
    message = models.TextField(_("message"), max_length=LONGEST)
    email = models.EmailField(_("e-mail address"), blank=True)
    created = models.DateTimeField(_("received"), default=timezone.now)
    mailed = models.BooleanField(default=False, editable=False)  # to the cluster's own address
    done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("message about something missing")
        verbose_name_plural = _("messages about something missing")
        ordering = ["done", "-created"]

    def __str__(self) -> str:
        return Truncator(self.message).chars(60)


class IndexBuild(models.Model):
    """One index in Elasticsearch. Every delivery writes to all that are not retired, so a rebuild loses nothing."""

    class State(models.TextChoices):
        BUILDING = "building", _("being built")
        LIVE = "live", _("live")
        RETIRED = "retired", _("retired")

    doc_type = models.CharField(max_length=30)
    index_name = models.CharField(max_length=150, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.BUILDING)
    # Of its mapping and analysis: an index made by another version of the portal is replaced by itself.
    fingerprint = models.CharField(max_length=32, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    # While it is being built: who does it (a rebuild that goes on with it takes it over), the last entry that is in it,
    # and the newest version when it was begun, from which on changes are looked for at the end.
    owner = models.CharField(max_length=32, blank=True)
    last_entry = models.BigIntegerField(default=0)
    before_version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("index build")
        verbose_name_plural = _("index builds")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.index_name} ({self.state})"
