"""Words of the trades that mean the same, in three languages: search/words/*.txt, one group a line.

    fr: alliance, anneau de mariage | de: Ehering, Trauring | en: wedding ring | skill: jewellery-design

With it a German word finds a French text. It belongs to the portal, not to one cluster: what a cluster's own terms are
called stands in the lexicon and is the editors' to change. `skill`: slugs of skills whose members do this, if the
cluster has them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

from .analysis import MAX_WORD, STOP_WORDS, split_words
from .analysis_python import tokens

FOLDER = Path(__file__).parent / "words"
HINTS = "skill"  # a field of a line that is no language


@dataclass(frozen=True)
class Group:
    """`words`: (language, word or phrase), best first within a language."""

    words: tuple[tuple[str, str], ...]
    concepts: tuple[str, ...] = ()  # "skill:jewellery-design"

    def phrases(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(language, run) for language, text in self.words if (run := telling_words(text))]

    def others(self, run: tuple[str, ...]) -> list[str]:
        """As people are shown what else was searched for: the best word of every language, but not the typed one."""
        best: dict[str, str] = {}
        for language, text in self.words:
            if telling_words(text) != run:
                best.setdefault(language, text)
        return list(dict.fromkeys(best.values()))


@dataclass(frozen=True)
class Thesaurus:
    groups: tuple[Group, ...] = ()
    by_key: dict[tuple[str, ...], list[Group]] = field(default_factory=dict)

    def exactly(self, run: tuple[str, ...], languages: tuple[str, ...]) -> list[Group]:
        """Groups in which these words stand, in any language and inflection."""
        found: dict[Group, None] = {}
        for language in languages:
            for key in keys_of(run, language):
                found.update(dict.fromkeys(self.by_key.get(key, ())))
        return list(found)


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a label as a query's are cut: lower case, without small words unless there are no others."""
    words = [word[:MAX_WORD] for word in split_words(text)]
    return tuple([word for word in words if word not in STOP_WORDS] or words)


def keys_of(words: tuple[str, ...], language: str) -> list[tuple[str, ...]]:
    """Every way these words may be analysed in this language (French keeps two forms of a word)."""
    return [(language, *forms) for forms in product(*(tokens(word, language) for word in words))]


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
    """Read once per process: some thousand words to analyse, about half a second."""
    groups = [parse_group(line) for path in sorted(FOLDER.glob("*.txt")) for line in lines_of(path)]
    by_key: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        for language, run in group.phrases():
            for key in keys_of(run, language):
                if group not in by_key.setdefault(key, []):
                    by_key[key].append(group)
    return Thesaurus(tuple(groups), by_key)


def lines_of(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
