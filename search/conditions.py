"""What an engine is asked to find, as a small tree both engines can walk.

A leaf is a word (in the texts) or a concept (a term the thing carries, whatever its label); a branch joins them.
`weight` says how much a match counts where the order is by relevance; it never changes what is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One lower-case word, found when its analysis under one of `languages` is among the thing's words in it."""

    text: str
    languages: tuple[str, ...] = ()  # empty: all of the portal
    weight: float = 1.0


@dataclass(frozen=True)
class Carries:
    """The thing carries this concept: "skill:ceramics"."""

    concept: str
    weight: float = 1.0


@dataclass(frozen=True)
class AllOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """`best`: only the best of its parts counts; else every part that matches adds to the score."""

    parts: tuple[Condition, ...]
    best: bool = False


@dataclass(frozen=True)
class AtLeast:
    """At least `number` of the parts; each that matches adds to the score."""

    number: int
    parts: tuple[Condition, ...]


Condition = Word | Carries | AllOf | AnyOf | AtLeast


def any_of(parts: list[Condition], *, best: bool = False) -> Condition:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts), best)


def all_of(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def leaves(condition: Condition | None) -> Iterator[Word | Carries]:
    """Every leaf, in the order in which they were written."""
    if isinstance(condition, Word | Carries):
        yield condition
    elif condition is not None:
        for part in condition.parts:
            yield from leaves(part)
