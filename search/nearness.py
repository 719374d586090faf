"""Which terms are near to words that found nothing: spelt alike, or with one of the words in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .analysis import split_words
from .folding import fold
from .interpretation import ASKING
from .lexicon import Lexicon

CLOSE = 74.0  # of 100: how alike two spellings must be
IS_IN, INSIDE = 95.0, 84.0  # a word of the query is a word of the term; is a part of one
SHORTEST_PART = 4  # letters


@dataclass(frozen=True, kw_only=True)
class Near:
    concept: str
    score: float  # 0-100


class Nearness:
    """Made once for a lexicon and the kinds of concepts that are of use; then asked per query."""

    def __init__(self, lexicon: Lexicon, kinds: Iterable[str]) -> None:
        self.lexicon = lexicon
        self.kinds = set(kinds)
        self._texts: dict[str, set[str]] = {}  # a folded label or synonym, or a word of one → concepts
        for phrase in lexicon.all_phrases:
            if self._is_wanted(phrase.concept):
                text = fold(" ".join(phrase.words))
                for part in {text, *(word for word in text.split() if len(word) >= SHORTEST_PART)}:
                    self._texts.setdefault(part, set()).add(phrase.concept)

    def _is_wanted(self, concept: str) -> bool:
        return concept.partition(":")[0] in self.kinds

    def to(self, query: str | Sequence[str], most: int = 6) -> list[Near]:
        """The nearest first; [] when nothing is near."""
        words = split_words(query) if isinstance(query, str) else list(query)
        words = [word for word in words if word not in ASKING] or words
        scores: dict[str, float] = {}
        for phrase in self.lexicon.exactly(tuple(words)) if words else ():
            self._note(scores, [phrase.concept], 100.0)
        for word in words:
            self._note(scores, self.lexicon.containing(word), IS_IN)
            self._note(scores, [phrase.concept for phrase in self.lexicon.exactly((word,))], IS_IN)
        folded = [fold(word) for word in words]
        for text in dict.fromkeys([" ".join(folded), *folded]):
            self._spelt_alike(scores, text)
        ranked = sorted(scores, key=lambda concept: (-scores[concept], concept))
        return [Near(concept=concept, score=scores[concept]) for concept in ranked[:most]]

    def _spelt_alike(self, scores: dict[str, float], text: str) -> None:
        if len(text) < SHORTEST_PART:
            return
        alike = process.extract(text, list(self._texts), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=None)
        for found, score, _place in alike:
            self._note(scores, self._texts[found], score)
        for known, concepts in self._texts.items():
            if text in known or (len(known) > SHORTEST_PART and known in text):
                self._note(scores, concepts, INSIDE)

    def _note(self, scores: dict[str, float], concepts: Iterable[str], score: float) -> None:
        for concept in concepts:
            if self._is_wanted(concept):
                scores[concept] = max(score, scores.get(concept, 0.0))
