"""Words of the trades that mean the same, in three languages: search/words/*.txt, one group a line.

    fr: alliance, anneau de mariage | de: Ehering, Trauring | en: wedding ring | skill: jewellery-design

With it a German word finds a French text. It belongs to the portal, not to one cluster: what a cluster's own terms are
called stands in the lexicon and is the editors' to change. `skill`: slugs of skills whose members do this, if the
cluster has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from .analysis import MAX_WORD, STOP_WORDS, split_words
from .analysis_python import tokens
from .english import one_spelling
from .folding import fold, fold_german

FOLDER = Path(__file__).parent / "words"
HINTS = "skill"  # a field of a line that is no language
ENDING = 1  # letters by which two forms of one word differ at the end: plurals, genders
LETTERS = 3  # that words have in common with their stems
REMEMBERED = 2_000  # beginnings of words


@dataclass(frozen=True)
class Group:
    """`words`: (language, word or phrase), best first within a language."""

    words: tuple[tuple[str, str], ...]
    concepts: tuple[str, ...] = ()  # "skill:jewellery-design"

    def phrases(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(language, run) for language, text in self.words if (run := telling_words(text))]

    def languages_of(self, run: tuple[str, ...]) -> list[str]:
        """In which languages these words, in whatever inflection, belong to the group."""
        return [
            language
            for language, words in self.phrases()
            if len(words) == len(run) and not set(keys_of(words, language)).isdisjoint(keys_of(run, language))
        ]

    def is_near(self, run: tuple[str, ...]) -> bool:
        """Does the group have these words, and not just another one of their family?"""
        return any(is_near(words, run) for _language, words in self.phrases())

    def others(self, run: tuple[str, ...]) -> list[str]:
        """As people are shown what else was searched for: the best word of every language, none that was typed."""
        best: dict[str, str] = {}
        for language, text in self.words:
            words = telling_words(text)
            if len(words) != len(run) or set(keys_of(words, language)).isdisjoint(keys_of(run, language)):
                best.setdefault(language, text)
        return list(dict.fromkeys(best.values()))


class Thesaurus:
    """Groups by the first letters of their phrases: only those few that a query's words could be are analysed."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self.groups = tuple(groups)
        self._by_start: dict[str, list[tuple[str, tuple[str, ...], Group]]] = {}
        self._analysed: dict[str, dict[tuple[str, ...], list[Group]]] = {}
        for group in self.groups:
            for language, run in group.phrases():
                self._by_start.setdefault(_start(run), []).append((language, run, group))

    def exactly(self, run: tuple[str, ...], languages: Sequence[str]) -> list[Group]:
        """Groups in which these words stand, in any of the languages and any inflection. A single word is taken for
        another of the same stem (« établi » for « étable ») only when no group has it itself."""
        by_key = self._keys(_start(run))
        found: dict[Group, None] = {}
        for language in languages if by_key else ():
            for key in keys_of(run, language):
                found.update(dict.fromkeys(by_key.get(key, ())))
        near = [group for group in found if group.is_near(run)] if len(run) == 1 else []
        return near or list(found)

    def knows(self, word: str) -> bool:
        """Does this lower-case word stand somewhere in it, alone or in a phrase?"""
        return fold(word) in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        runs = (run for group in self.groups for _language, run in group.phrases())
        return frozenset(fold(word) for run in runs for word in run)

    def _keys(self, start: str) -> dict[tuple[str, ...], list[Group]]:
        if start not in self._analysed:
            by_key: dict[tuple[str, ...], list[Group]] = {}
            for language, run, group in self._by_start.get(start, ()):
                for key in keys_of(run, language):
                    if group not in by_key.setdefault(key, []):
                        by_key[key].append(group)
            if len(self._analysed) >= REMEMBERED:
                self._analysed.clear()
            self._analysed[start] = by_key
        return self._analysed[start]


def _start(run: tuple[str, ...]) -> str:
    """No stemmer and no folding touches these beyond what is done here."""
    return fold_german(fold(run[0]))[:LETTERS]


def is_near(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """The same words but for their endings: stemmers take « infographe » and « infographie » for the same, too."""

    def same(word: str, other: str) -> bool:
        short, long = sorted((word, other), key=len)
        return long.startswith(short) and len(long) - len(short) <= ENDING

    return len(words) == len(others) and all(map(same, map(fold, words), map(fold, others)))


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a label as a query's are cut: lower case, without small words unless there are no others."""
    words = [word[:MAX_WORD] for word in split_words(text)]
    return tuple([word for word in words if word not in STOP_WORDS] or words)


def keys_of(words: tuple[str, ...], language: str) -> list[tuple[str, ...]]:
    """Every way these words may be analysed in this language (French keeps two forms of a word), English ones in one
    spelling: "color grading" is "colour grading"."""
    spelt = (one_spelling(word) for word in words) if language == "en" else words
    return [(language, *forms) for forms in product(*(tokens(word, language) for word in spelt))]


def parse_group(line: str) -> Group:
    """Raises ValueError for a line that is no group."""
    words: list[tuple[str, str]] = []
    concepts: list[str] = []
    for part in line.split("|"):
        name, colon, texts = part.partition(":")
        items = [text.strip() for text in texts.split(",") if text.strip()]
        if not colon or not items:
            raise ValueError(f"Not “language: word, word”: {part.strip()!r}")
        if name.strip() == HINTS:
            concepts += [f"skill:{slug}" for slug in items]
        else:
            words += [(name.strip(), text) for text in items]
    return Group(tuple(words), tuple(concepts))


@cache
def thesaurus() -> Thesaurus:
    """Read once per process."""
    return Thesaurus(parse_group(line) for path in sorted(FOLDER.glob("*.txt")) for line in lines_of(path))


def lines_of(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
