"""What search keeps in the database: the denormalised entries, the outbox and the register of index builds.

An entry is a copy of what is published, never the truth: it can be recomputed from the pages at any time
(`manage.py search_index rebuild --entries`). Why the copy exists at all: docs/decisions/0001-search-entries.md.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import connection, models
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

    class Meta:
        verbose_name = _("index build")
        verbose_name_plural = _("index builds")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.index_name} ({self.state})"
