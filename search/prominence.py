"""How much of what a thing says of itself speaks of a skill it carries: what tells a graphic designer from a painter
of shop signs who also does graphic design.

Counted when the entry is written: how many groups of the thesaurus that belong to the skill have a word in its texts,
in the title more than in the summary, there more than elsewhere. It changes the order of what is found, never what is
found. Labels of terms are left out, so that renaming one indexes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

from .analysis import STOP_WORDS, split_words
from .analysis_python import tokens
from .thesaurus import keys_of, thesaurus

WORTH = {"title": 3.0, "summary": 2.0, "works": 1.0, "text": 1.0}
HALF = 2.0  # with so many words in running text, half of what can be reached
STEPS = 3  # what is written into the index: the first quarter is step 0, the last one step 3
LONGEST = 4  # words of a phrase that is looked for

Key = tuple[str, ...]  # (language, token, token, …)


def steps_of(texts: Mapping[str, Mapping[str, str]], concepts: Iterable[str]) -> list[str]:
    """As the index has them: "1 skill:ceramics", "2 skill:ceramics" for what has come as far as step 2."""
    found = prominence(texts, concepts)
    return [
        step(number, concept) for concept in sorted(found) for number in range(1, int(found[concept] * (STEPS + 1)) + 1)
    ]


def step(number: int, concept: str) -> str:
    return f"{number} {concept}"


def prominence(texts: Mapping[str, Mapping[str, str]], concepts: Iterable[str]) -> dict[str, float]:
    """`texts`: field → language → text. Of these concepts those with a word in the texts, each between 0 and 1."""
    vocabularies = {concept: words for concept in concepts if (words := vocabulary(concept))}
    worth: dict[Key, float] = {}
    for name, value in WORTH.items() if vocabularies else ():
        for language, text in texts.get(name, {}).items():
            for key in _runs(text, language):
                worth[key] = max(value, worth.get(key, 0.0))
    found = {concept: _points(worth, words) for concept, words in vocabularies.items()}
    return {concept: round(points / (points + HALF), 3) for concept, points in found.items() if points}


def _points(worth: Mapping[Key, float], words: Mapping[Key, Mapping[int, float]]) -> float:
    """Each group once, by its best place; of a group that belongs to three skills a third."""
    best: dict[int, float] = {}
    for key in worth.keys() & words.keys():
        for group, share in words[key].items():
            best[group] = max(worth[key] * share, best.get(group, 0.0))
    return sum(best.values())


def _runs(text: str, language: str) -> Iterator[Key]:
    """All runs of up to LONGEST words, without small words in between, in every form."""
    forms = [tokens(word, language) for word in split_words(text) if word not in STOP_WORDS]
    for start in range(len(forms)):
        for end in range(start + 1, min(start + LONGEST, len(forms)) + 1):
            for run in product(*forms[start:end]):
                yield (language, *run)


@cache
def vocabulary(concept: str) -> dict[Key, dict[int, float]]:
    """The thesaurus's words of a concept: how they are written → group → the concept's share in that group."""
    found: dict[Key, dict[int, float]] = {}
    for number, group in enumerate(thesaurus().groups):
        if concept in group.concepts:
            for language, words in group.phrases():
                for key in keys_of(words, language):
                    found.setdefault(key, {})[number] = 1 / len(group.concepts)
    return found
