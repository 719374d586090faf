"""Asking until something is found: as typed, then with other spellings, then with fewer of the words.

One request answers nearly every question; only one that finds (next to) nothing costs a few more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.conf import settings

from . import engines
from .analysis_python import tokens, tokens_of
from .interpretation import Interpretation, interpret, telling
from .lexicon import Lexicon
from .query import Answer, Question, parse_query
from .spelling import other_readings

FEW = 2  # with no more hits than this, another spelling is worth a look
SPARSE = 10  # … and things that have only some of the words are shown after those that have all


@dataclass(frozen=True, kw_only=True)
class DidYouMean:
    query: str
    total: int  # things it finds, with the same filters


@dataclass(frozen=True, kw_only=True)
class Asked:
    answer: Answer
    interpretation: Interpretation
    engine: str
    degraded: bool
    did_you_mean: DidYouMean | None = None


@contextmanager
def reader_time() -> Iterator[None]:
    """However often Elasticsearch is asked inside, for one reader, it has SEARCH_DEADLINE for all of it."""
    if not settings.ELASTICSEARCH_URL:
        yield
        return
    from .deadline import time_limit  # a portal without Elasticsearch does not pay for its client

    with time_limit(settings.SEARCH_DEADLINE):
        yield


class Asking:
    """One reader's question. Once Elasticsearch has failed it, the database answers the rest of it."""

    def __init__(self, question: Question, lexicon: Lexicon, pins: Callable[[Interpretation], Sequence[str]]) -> None:
        self.question = question  # without its condition
        self.lexicon = lexicon
        self.pins = pins
        self.engine = "database"
        self.degraded = False

    def ask(self, interpretation: Interpretation, **changes: object) -> Answer:
        condition = interpretation.condition
        pinned = tuple(self.pins(interpretation)) if condition is not None else ()
        name = interpretation.words if condition is not None else ()
        question = replace(self.question, condition=condition, name=name, pinned=pinned, **changes)  # type: ignore[arg-type]
        answer, self.engine, self.degraded = engines.ask(question, only_database=self.degraded)
        return answer

    def run(self, query: str, words: Sequence[str], *, exact: bool) -> Asked:
        """`query`: as typed and cleaned, for the suggestion; `words`: parse_query(query)."""
        language = self.question.language
        meaning = interpret(words, self.lexicon, exact=exact, language=language)
        answer = self.ask(meaning)
        if exact or not words or answer.total > SPARSE or is_named(answer, words):
            return self._asked(answer, meaning)
        if answer.total > FEW:
            return self._with_fewer(meaning, answer)
        hints = other_readings(telling(words, language, self.lexicon), self.lexicon, known_too=answer.total > 0)
        if answer.total:
            suggestion = self._did_you_mean(query, hints.respelled, answer.total)
            return self._with_fewer(meaning, answer, suggestion)
        if hints:
            meaning = interpret(words, self.lexicon, respelled=hints.respelled, apart=hints.apart, language=language)
            answer = self.ask(meaning)
        return self._asked(answer, meaning) if answer.total > SPARSE else self._with_fewer(meaning, answer)

    def _asked(self, answer: Answer, meaning: Interpretation, suggestion: DidYouMean | None = None) -> Asked:
        return Asked(
            answer=answer,
            interpretation=meaning,
            engine=self.engine,
            degraded=self.degraded,
            did_you_mean=suggestion,
        )

    def _with_fewer(self, meaning: Interpretation, answer: Answer, suggestion: DidYouMean | None = None) -> Asked:
        """What has all words, and then what has some of them. With filters, those may be what is too much: nothing is
        added, search/rescue.py says which to drop."""
        count = len(meaning.clauses)
        if self.question.selected or count < 2:
            return self._asked(answer, meaning, suggestion)
        for required in dict.fromkeys((count - 1, max(1, count // 2), 1)):
            fewer = replace(meaning, required=required)
            found = self.ask(fewer)
            if found.total > answer.total:
                answer, meaning = found, fewer
            if answer.total > SPARSE:
                break
        return self._asked(answer, meaning, suggestion)

    def _did_you_mean(self, query: str, spellings: dict[str, tuple[str, ...]], total: int) -> DidYouMean | None:
        """The query with its words spelt as the nearest known ones, if that finds more."""
        if not spellings:
            return None
        better = " ".join(spellings.get(word.lower(), (word,))[0] for word in query.split())
        if better.lower() == query.lower():
            return None
        meaning = interpret(parse_query(better), self.lexicon, language=self.question.language)
        found = self.ask(meaning, page=1, page_size=1, facets=self._chosen())
        return DidYouMean(query=better, total=found.total) if found.total > total else None

    def _chosen(self) -> tuple[object, ...]:
        """Facets needed for a total: those with a selection."""
        return tuple(facet for facet in self.question.facets if facet.name in self.question.selected)


def is_named(answer: Answer, words: Sequence[str]) -> bool:
    """Is one of the few things found called by these words? Then it is what was looked for."""
    for body in answer.bodies:
        for language, card in body["cards"].items():
            name = tokens_of(card["title"], language)
            if all(not name.isdisjoint(tokens(word, language)) for word in words):
                return True
    return False
