"""From the words somebody typed to the condition both engines are asked.

Left to right, the longest run of words that is a label or synonym of a term becomes that term: "graphic designer",
"Grafikdesigner" and « graphiste » are the same question and find the same things. What is left are single words; a
German compound may also match by its pieces. `exact` leaves all that out: the words as they were typed, in any
inflection, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from .compounds import dictionary, normal, split_compound, thesaurus_words
from .conditions import AllOf, AtLeast, Carries, Condition, Word, all_of, any_of
from .genders import other_forms
from .lexicon import LONGEST_PHRASE, Lexicon, Phrase
from .thesaurus import Group, is_near, thesaurus

# How much a match counts beside a word found in a text (1).
# The name of a term says more than a synonym, which may be narrower: who cuts films need not subtitle them.
CARRIES_ALL, CARRIES_SYNONYM, CARRIES_SAME, CARRIES_NEAR, CARRIES_PART = 20.0, 12.0, 16.0, 4.8, 3.0
SAME_WORDS, OTHER_WORDS, OTHER_GENDER, PIECES = 1.0, 0.3, 0.9, 0.6
HEAD, CARRIES_HEAD = 0.1, 3.0  # … the last piece of a compound, by itself
SINGLY = 0.6  # the words of a phrase, wherever each of them stands
TOGETHER = 0.2  # what each word of a phrase means, all of them: for a "film score", « musique » with „Film“
TELLING = {"skill": 1.0, "subsector": 0.4, "topic": 0.5, "kind": 0.6, "area": 0.5, "type": 0.3}
MAX_OTHER_WORDS = 24  # synonyms looked up in texts per phrase: what keeps a question small
# What questions are held together by; dropped when something else is left. Not here: what is also a word of the
# trades (son, or, car, art).
ASKING_IN = {
    language: frozenset(words.split())
    for language, words in {
        "fr": """
            cherche cherchons chercher recherche recherchons rechercher trouver trouve besoin faut veux voudrais
            souhaite faire comment quel quelle quels quelles quoi je j nous mon ma mes notre nos votre vos ai est sont
            peut qui être chez me se ses leur leurs ne pas on il elle ils elles y a ont avoir quand pourquoi combien ça
            cela si donc très aussi comme entre depuis lancer puis-je dois doit suis es avez avons quelqu
        """,
        "de": """
            suche suchen sucht gesucht brauche brauchen braucht finde finden wer wie was wo welche welcher welches
            macht machen kann können könnte ich wir sie mein meine meinen meiner meinem unser unsere unseren jemand
            jemanden ist sind gibt bitte ohne mich mir uns man muss müssen darf dürfen will wollen lassen lasse wird
            werden wurde hat haben habe sich nicht auch wenn dass als wann warum wieviel viel sehr schon noch nur gegen
            durch um ihr ihre ihren
        """,
        "en": """
            find look looking need wants want wanted seeking search who how what which where when why someone somebody
            do does did can could should would i we you he she it they my our your their its us is are were am be been
            there please near about have has had get got without not no if than that this these those as into keep
            something any
        """,
    }.items()
}
ASKING = frozenset().union(*ASKING_IN.values())


@dataclass(frozen=True, kw_only=True)
class Clause:
    """What one run of the query's words means."""

    words: tuple[str, ...]
    condition: Condition
    phrases: tuple[Phrase, ...] = ()  # labels and synonyms that these words are
    groups: tuple[Group, ...] = ()  # words that mean the same, from the thesaurus
    within: tuple[Phrase, ...] = ()  # labels and synonyms of several words that this word stands in


@dataclass(frozen=True, kw_only=True)
class Interpretation:
    """`clauses`: all of them must match, or `required` of them."""

    clauses: tuple[Clause, ...] = ()
    required: int | None = None
    respelled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # word → what was asked in its place

    @property
    def condition(self) -> Condition | None:
        parts = [clause.condition for clause in self.clauses]
        if not parts:
            return None
        return all_of(parts) if self.required is None else AtLeast(self.required, tuple(parts))

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for clause in self.clauses for word in clause.words)

    def phrases(self) -> dict[str, Phrase]:
        """Concept → the label or synonym by which the query reached it, whole phrases before parts of one."""
        found: dict[str, Phrase] = {}
        for clause in self.clauses:
            for phrase in clause.phrases:
                found.setdefault(phrase.concept, phrase)
        for clause in self.clauses:
            for phrase in clause.within:
                found.setdefault(phrase.concept, phrase)
        return found


def interpret(
    words: Sequence[str],
    lexicon: Lexicon,
    *,
    exact: bool = False,
    respelled: Mapping[str, tuple[str, ...]] | None = None,
    apart: Mapping[str, tuple[str, ...]] | None = None,
    language: str = "",
) -> Interpretation:
    """`words`: from parse_query. `respelled`: word → words to ask for in its place; `apart`: compound → its pieces.
    `language`: the reader's."""
    if exact:
        return Interpretation(clauses=tuple(Clause(words=(word,), condition=Word(word)) for word in words))
    respelled, apart = respelled or {}, apart or {}
    asked = telling(words, language, lexicon)
    # One spelling only: the word is taken for it, so that phrases are seen ("graphic desinger").
    asked = tuple(respelled[word][0] if len(respelled.get(word, ())) == 1 else word for word in asked)
    clauses: list[Clause] = []
    start = 0
    while start < len(asked):
        run = _longest(asked, start, lexicon)
        clauses.append(_clause(run, lexicon, respelled, apart, alone=len(run) == len(asked)))
        start += len(run)
    return Interpretation(clauses=tuple(clauses), respelled=respelled)


def telling(words: Sequence[str], language: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Without what only holds a question together, unless nothing else is left. What does so in another language than
    the reader's may be a word of the trades in theirs: the hat of a "hat maker", the AI that paints."""
    meant: set[str] = set()
    for start, word in enumerate(words):
        if word not in ASKING_IN.get(language, ()):
            runs = (tuple(words[start : start + length]) for length in (1, 2, 3))
            meant.update(part for run in runs if word in ASKING and _is_known(run, language, lexicon) for part in run)
    return tuple([word for word in words if word not in ASKING or word in meant] or words)


def _is_known(run: tuple[str, ...], language: str, lexicon: Lexicon) -> bool:
    in_language = any(phrase.language == language for phrase in lexicon.exactly(run))
    return in_language or bool(thesaurus().exactly(run, (language,)))


def _longest(words: tuple[str, ...], start: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The longest run from here that is a label, a synonym or in the thesaurus; else the one word."""
    for length in range(min(LONGEST_PHRASE, len(words) - start), 1, -1):
        run = words[start : start + length]
        if _names(run, lexicon) or _groups(run):
            return run
    return words[start : start + 1]


def _clause(
    run: tuple[str, ...],
    lexicon: Lexicon,
    respelled: Mapping[str, tuple[str, ...]],
    apart: Mapping[str, tuple[str, ...]],
    *,
    alone: bool,
) -> Clause:
    """`alone`: the run is the whole question."""
    phrases, groups = _names(run, lexicon), _groups(run)
    parts = [_meant(run, phrases, groups, lexicon)]
    within: dict[str, Phrase] = {}
    if len(run) == 1:
        word = run[0]
        # With other words around it a word may be part of a longer name: "designer" in "designer of jewellery".
        within = {} if alone and (phrases or groups) else lexicon.containing(word)
        parts += [_carries(concept, CARRIES_PART) for concept in within]
        if not phrases:
            compound, head = _compound(word, apart.get(word, ()), lexicon)
            parts += compound
            phrases = head
        for spelling in respelled.get(word, ()):
            found = _names((spelling,), lexicon)
            parts.append(_meant((spelling,), found, _groups((spelling,)), lexicon))
            phrases = [*phrases, *found]
    elif not phrases:  # the lexicon's own terms are carried by whom they concern
        parts.append(AllOf(tuple(_piece(word, lexicon, TOGETHER) for word in run)))
    return Clause(
        words=run,
        condition=any_of(parts),
        phrases=tuple(phrases),
        groups=tuple(groups),
        within=tuple(within.values()),
    )


def _groups(run: tuple[str, ...]) -> list[Group]:
    """Words that mean the same as these; a single word's other gender too, when nothing has it as it stands."""
    languages = tuple(code for code, _name in settings.LANGUAGES)
    found = thesaurus().exactly(run, languages)
    if not found and len(run) == 1:
        found = [
            group for other, language in other_forms(run[0]) for group in thesaurus().exactly((other,), (language,))
        ]
    return found


def _typed(word: str) -> list[Condition]:
    """The word, and the other gender where it is a profession."""
    return [Word(word), *(Word(other, (language,), OTHER_GENDER) for other, language in other_forms(word))]


def _names(run: tuple[str, ...], lexicon: Lexicon) -> list[Phrase]:
    """Labels and synonyms that these words are; a single word in its other gender, when nothing has it as it stands."""
    found = lexicon.exactly(run)
    if not found and len(run) == 1:
        found = [phrase for other, _language in other_forms(run[0]) for phrase in lexicon.exactly((other,))]
    return sorted(found, key=lambda phrase: phrase.words != run)


def _meant(run: tuple[str, ...], phrases: Sequence[Phrase], groups: Sequence[Group], lexicon: Lexicon) -> Condition:
    """The words themselves, the concepts, and what else these are called, wherever it is written."""
    concepts = list(dict.fromkeys(phrase.concept for phrase in phrases))
    # Words of a phrase count in its languages only: the hat of a "hat maker" is not the German "hat".
    languages = tuple(
        dict.fromkeys(
            [*(phrase.language for phrase in phrases), *(code for group in groups for code in group.languages_of(run))]
        )
    )
    parts: list[Condition] = (
        _typed(run[0]) if len(run) == 1 else [all_of([Word(word, languages, SINGLY) for word in run])]
    )
    labels = {phrase.concept for phrase in phrases if phrase.is_label}
    parts += [_carries(concept, CARRIES_ALL if concept in labels else CARRIES_SYNONYM) for concept in concepts]
    parts += _hints(groups, concepts, lexicon)
    same = {words: language for group in groups for language, words in group.phrases() if words != run}
    names = {
        phrase.words: phrase.language
        for concept in concepts
        for phrase in lexicon.phrases_of.get(concept, ())
        if phrase.words != run and phrase.words not in same
    }
    for others, weight in ((same, SAME_WORDS), (names, OTHER_WORDS)):
        if called := [
            all_of([Word(word, (language,), weight) for word in other])
            for other, language in list(others.items())[:MAX_OTHER_WORDS]
        ]:
            parts.append(any_of(called, best=True))
    return any_of(parts)


def _carries(concept: str, weight: float) -> Carries:
    """The wider a term, the less it says: a skill more than a subsector, a subsector more than a type."""
    return Carries(concept, weight * TELLING.get(concept.partition(":")[0], 1.0))


def _hints(groups: Sequence[Group], concepts: Sequence[str], lexicon: Lexicon) -> list[Condition]:
    """Terms that words of the same meaning are called by, and skills the thesaurus says belong to them."""
    same = [
        phrase.concept
        for group in groups
        for _language, words in group.phrases()
        for phrase in lexicon.exactly(words)
        if phrase.concept not in concepts and is_near(words, phrase.words)
    ]
    near = [concept for group in groups for concept in group.concepts if concept in lexicon.concepts]
    near = [concept for concept in near if concept not in concepts and concept not in same]
    return [
        *(_carries(concept, CARRIES_SAME) for concept in dict.fromkeys(same)),
        *(_carries(concept, CARRIES_NEAR) for concept in dict.fromkeys(near)),
    ]


def _compound(word: str, apart: tuple[str, ...], lexicon: Lexicon) -> tuple[list[Condition], list[Phrase]]:
    """The pieces of a German compound, all of them; and what its last piece means by itself: who is no more than a
    photographer comes after who is a „Hochzeitsfotograf“, who makes any stairs after who makes a „Stahltreppe“."""
    pieces = split_compound(normal(word), dictionary(lexicon)) or list(apart)
    known = bool(_groups((word,)))
    if not pieces and not known:
        pieces = split_compound(normal(word), dictionary(lexicon) | thesaurus_words())
    if len(pieces) < 2:
        return [], []
    names = _names((pieces[-1],), lexicon)
    concepts = list(dict.fromkeys(phrase.concept for phrase in names))
    together = AllOf(tuple(_piece(piece, lexicon) for piece in pieces))
    parts: list[Condition] = [together, *(_carries(concept, CARRIES_PART) for concept in concepts)]
    if not known:
        parts += _head(pieces[-1], concepts, lexicon)
    return parts, names


def _head(piece: str, concepts: Sequence[str], lexicon: Lexicon) -> list[Condition]:
    """What the last piece of a compound that nothing else knows means: its words and its skills, weakly."""
    groups = _groups((piece,))
    same = {words: language for group in groups for language, words in group.phrases()}
    hints = dict.fromkeys(concept for group in groups for concept in group.concepts if concept in lexicon.concepts)
    called = [all_of([Word(word, (language,), HEAD) for word in words]) for words, language in same.items()]
    return [
        any_of([Word(piece, (), HEAD), *called[:MAX_OTHER_WORDS]], best=True),
        *(_carries(concept, CARRIES_HEAD) for concept in hints if concept not in concepts),
    ]


def _piece(piece: str, lexicon: Lexicon, weight: float = PIECES) -> Condition:
    """A piece of a compound or a phrase: the word, or a term of that name."""
    concepts = dict.fromkeys(phrase.concept for phrase in _names((piece,), lexicon))
    carried = CARRIES_PART * weight / PIECES
    parts: list[Condition] = [Word(piece, (), weight), *(_carries(concept, carried) for concept in concepts)]
    same = {words: language for group in _groups((piece,)) for language, words in group.phrases() if words != (piece,)}
    if same:
        called = [all_of([Word(word, (language,), weight) for word in words]) for words, language in same.items()]
        parts.append(any_of(called[:MAX_OTHER_WORDS], best=True))
    return any_of(parts)
