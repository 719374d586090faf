"""Asking until something is found: as typed, then with other spellings, then with fewer of the words.

One request answers nearly every question; only one that finds (next to) nothing costs a few more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from . import engines
from .interpretation import ASKING, Interpretation, interpret
from .lexicon import Lexicon
from .query import Answer, Question, parse_query
from .spelling import respell

FEW = 2  # with no more hits than this, another spelling is worth a look


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


class Asking:
    """One reader's question. Once Elasticsearch has failed it, the database answers the rest of it."""

    def __init__(self, question: Question, lexicon: Lexicon, pins: Callable[[Interpretation], Sequence[str]]) -> None:
        self.question = question  # without its condition
        self.lexicon = lexicon
        self.pins = pins
        self.engine = "database"
        self.degraded = False
        self.widest: Interpretation | None = None  # with other spellings, where those were asked for too

    def ask(self, interpretation: Interpretation, **changes: object) -> Answer:
        condition = interpretation.condition
        pinned = tuple(self.pins(interpretation)) if condition is not None else ()
        question = replace(self.question, condition=condition, pinned=pinned, **changes)  # type: ignore[arg-type]
        answer, self.engine, self.degraded = engines.ask(question, only_database=self.degraded)
        return answer

    def run(self, query: str, words: Sequence[str], *, exact: bool) -> Asked:
        """`query`: as typed and cleaned, for the suggestion; `words`: parse_query(query)."""
        interpretation = interpret(words, self.lexicon, exact=exact)
        answer = self.ask(interpretation)
        if exact or not words or answer.total > FEW:
            return self._asked(answer, interpretation)
        spellings = respell([word for word in words if word not in ASKING], self.lexicon, known_too=answer.total > 0)
        if answer.total:
            return self._asked(answer, interpretation, self._did_you_mean(query, spellings, answer.total))
        return self._widen(words, interpretation, answer, spellings)

    def _asked(self, answer: Answer, meaning: Interpretation, suggestion: DidYouMean | None = None) -> Asked:
        return Asked(
            answer=answer,
            interpretation=meaning,
            engine=self.engine,
            degraded=self.degraded,
            did_you_mean=suggestion,
        )

    def _widen(
        self, words: Sequence[str], typed: Interpretation, nothing: Answer, spellings: dict[str, tuple[str, ...]]
    ) -> Asked:
        """Nothing has all words as they were typed."""
        interpretation = typed
        if spellings:
            interpretation = self.widest = interpret(words, self.lexicon, respelled=spellings)
            answer = self.ask(interpretation)
            if answer.total:
                return self._asked(answer, interpretation)
        if not self.question.selected:  # with filters, those may be what is too much: search/rescue.py
            count = len(interpretation.clauses)
            for required in dict.fromkeys((count - 1, 1)):
                if 0 < required < count:
                    fewer = replace(interpretation, required=required)
                    answer = self.ask(fewer)
                    if answer.total:
                        return self._asked(answer, fewer)
        return self._asked(nothing, typed)

    def _did_you_mean(self, query: str, spellings: dict[str, tuple[str, ...]], total: int) -> DidYouMean | None:
        """The query with its words spelt as the nearest known ones, if that finds more."""
        if not spellings:
            return None
        better = " ".join(spellings.get(word.lower(), (word,))[0] for word in query.split())
        if better.lower() == query.lower():
            return None
        found = self.ask(interpret(parse_query(better), self.lexicon), page=1, page_size=1, facets=self._chosen())
        return DidYouMean(query=better, total=found.total) if found.total > total else None

    def _chosen(self) -> tuple[object, ...]:
        """Facets needed for a total: those with a selection."""
        return tuple(facet for facet in self.question.facets if facet.name in self.question.selected)
