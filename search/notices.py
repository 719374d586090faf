"""In which ways more was searched for than was typed: data for the notice above the results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .analysis import cut_words, lower
from .interpretation import Interpretation
from .lexicon import Lexicon
from .thesaurus import telling_words


@dataclass(frozen=True, kw_only=True)
class Widening:
    # "term": a term of another name; "words": words that mean the same; "spelling": other words in place of one;
    # "fewer": not all words
    kind: str
    typed: str
    found: tuple[str, ...] = ()  # labels in the reader's language; words; for "fewer" nothing


def widenings(interpretation: Interpretation, lexicon: Lexicon, language: str, query: str) -> list[Widening]:
    """`query`: as typed; its words are quoted as they were written."""
    written = {lower(word): word for word in cut_words(query)}

    def typed(words: Iterable[str]) -> str:
        return " ".join(written.get(word, word) for word in words)

    found = [
        Widening(kind="spelling", typed=typed([word]), found=spellings)
        for word, spellings in interpretation.respelled.items()
    ]
    for clause in interpretation.clauses:
        labels = {lexicon.concepts[phrase.concept].label(language): None for phrase in clause.phrases}
        other = tuple(label for label in labels if telling_words(label) != clause.words)
        if other:
            found.append(Widening(kind="term", typed=typed(clause.words), found=other))
        other = tuple(word for group in clause.groups[:1] for word in group.others(clause.words))
        if other and not labels:
            found.append(Widening(kind="words", typed=typed(clause.words), found=other))
    if interpretation.required is not None:
        found.append(Widening(kind="fewer", typed=typed(interpretation.words)))
    return found
