"""German compounds: which words stand in "Bauingenieurbüro" and "Hochzeitsfotografin".

Done here and not by Elasticsearch's dictionary_decompounder: the pieces are written into the document (field "parts"):
both engines see the same ones, a new term needs no new index, and a piece must stand at a joint ("bild" is not in
"Ausbildung"). Dictionary: TRADE_WORDS and the words of the lexicon, i.e. labels and synonyms of all terms.
"""

from __future__ import annotations

from functools import cache, lru_cache

from . import lexicon
from .analysis import cut_words, lower
from .folding import fold, fold_german
from .thesaurus import thesaurus

MIN_PIECE = 4
MIN_COMPOUND = 8
# What an inflected last piece may end in.
ENDINGS = frozenset(["s", "n", "en", "e", "er", "es", "em", "in", "innen"])
FEMININE = ("innen", "in")
# What may stand between two pieces.
LINKS = ("", "s", "n", "es", "en")
# … in a word that consists of nothing but pieces: „Kleiderbügel“, „Gästezimmer“.
MORE_LINKS = (*LINKS, "er", "e", "ens")

TRADE_WORDS = """
agentur album animation antrag arbeit archiv architekt architektin architektur artikel atelier audio aufnahme auftrag
ausschreibung ausstellung autor autorin bauer beratung bericht berater beraterin beruf betrieb bild bilder brief buch
bühne büro bund code comic computer darsteller datei daten denkmal design designer designerin dichter dienst digital
drehbuch druck drucker druckerei editor entwicklung entwurf export fabrik fassade farbe fenster fest festival figur film
fonds förderung form forum foto fotograf fotografie fotografin freiberufler galerie garten gebäude gesang geschichte
gesellschaft gestalter gestalterin gestaltung gewerbe gitarre glas gold grafik grafiker grafikerin hand handwerk haus
heft hochzeit holz honorar image industrie ingenieur ingenieurin installation instrument journal journalist
kamera kampagne kanal karte keramik kino klang kleid kleidung kollektion komponist komponistin komposition konzept
konzert kosten kostüm kredit kultur kunst künstler künstlerin landschaft lehrer lektor lektorat lektorin leder
licht lied literatur logo maler malerei malerin manager marke marketing maschine material medien meister messe metall
möbel mode modell museum musik musiker musikerin netz objekt oper orchester papier planer planung plakat plan platte
podcast porträt preis presse produkt produktion produzent programm projekt raum recht redaktion regie regisseur reise
restaurierung roman rundfunk sänger sängerin sammlung satz schauspiel schauspieler schmied schmuck schneider
schneiderei schneiderin schnitt schreiner schreinerei schrift schriftsteller schule seide seite sender serie service
silber spiel sprache sprecher stadt stein steuer stimme stoff strategie studio stück tanz tänzer technik
technologie text textil theater tischler tischlerei titel tontechnik töpfer töpferei übersetzer übersetzerin übersetzung
umbau unternehmen urheber verein verlag vermittlung verpackung versicherung vertrag video wand web weber weberei
werbung werk werkstatt werkzeug wettbewerb wohnung zeichen zeichner zeichnerin zeichnung zeitschrift zeitung ziegel
bau buchbinder buchbinderei bildhauer bildhauerin
""".split()  # noqa: SIM905

Dictionary = frozenset[str]


def normal(word: str) -> str:
    return fold(fold_german(word))


_TRADE = frozenset(map(normal, TRADE_WORDS))


def dictionary(of: lexicon.Lexicon | None = None) -> Dictionary:
    """All known pieces, normalised, of this lexicon or as it is now."""
    return _dictionary((of or lexicon.current()).words)


@lru_cache(maxsize=4)
def _dictionary(words: frozenset[str]) -> Dictionary:
    return frozenset(word for word in (*_TRADE, *map(normal, words)) if is_piece(word))


@cache
def thesaurus_words() -> Dictionary:
    """The single German words of the thesaurus: a compound somebody typed may consist of them, too. Those of texts are
    not taken apart so: that would write the pieces of everyday words into every entry."""
    runs = (words for group in thesaurus().groups for language, words in group.phrases() if language == "de")
    single = [normal(words[0]) for words in runs if len(words) == 1]
    return frozenset(piece for word in single for piece in (word, _first(word)) if is_piece(piece))


def _first(word: str) -> str:
    """As a word begins compounds: a verb by its stem (stricken: „Strickpullover“), many nouns without their -e
    (Sprache: „Sprachkurs“)."""
    return word.removesuffix("en") if word.endswith("en") else word.removesuffix("e")


def is_piece(word: str) -> bool:
    return len(word) >= MIN_PIECE or word == "bau"


def parts_of(text: str, known: Dictionary) -> str:
    """Every compound of a text with its pieces: "Bauingenieurbüro bau bauingenieur buro ingenieur. Spielfilm film."

    A sentence each, so that a highlighter cuts out the compound together with the piece that was asked for.
    """
    found = {}
    for word in cut_words(text):
        if apart := pieces(normal(lower(word)), known):
            found[lower(word)] = f"{word} {' '.join(sorted(apart))}."
    return " ".join(found[word] for word in sorted(found))


def compound_in(passage: str, mark: str) -> str:
    """Out of such a passage, the compound that has a marked piece; "" when there is none."""
    sentence = next((sentence for sentence in passage.split(". ") if mark in sentence), "")
    return next(iter(cut_words(sentence)), "")


@lru_cache(maxsize=20_000)
def pieces(word: str, known: Dictionary) -> frozenset[str]:
    """Known words at the joints of one normalised word, and what stands before or after them."""
    if len(word) < MIN_COMPOUND:
        return frozenset()
    found = {word.removesuffix(ending) for ending in FEMININE if word.removesuffix(ending) in known} - {word}
    for start, end in _spans(word, known):
        piece, before, after = word[start:end], word[:start], word[end:]
        found.add(piece)
        found.update(male for ending in FEMININE if (male := piece.removesuffix(ending)) in known)
        if len(before) >= MIN_PIECE:
            found.add(before.removesuffix("s") if len(before) > MIN_PIECE else before)
        if after not in ENDINGS:
            after = next(
                (after[len(link) :] for link in LINKS if after.startswith(link) and _begins(after, link, known)), after
            )
            found.update([after] if len(after) >= MIN_PIECE else [])
    return frozenset(found)


def split_compound(word: str, known: Dictionary) -> list[str]:
    """The known words that one normalised word consists of, in order, [] when something else is left over:
    "hochzeitsfotografin" → ["hochzeit", "fotografin"]."""
    if len(word) < MIN_COMPOUND:
        return []
    return _split(word, known, 0) or []


def _split(word: str, known: Dictionary, start: int) -> list[str] | None:
    for end in range(len(word), start + 2, -1):
        piece = word[start:end]
        if piece not in known or (start == 0 and end == len(word)):
            continue
        if word[end:] in ENDINGS or end == len(word):
            return [piece] if start else None
        for link in MORE_LINKS:
            rest = _split(word, known, end + len(link)) if word.startswith(link, end) else None
            if rest:
                return [piece, *rest]
    return None


def _begins(rest: str, link: str, known: Dictionary) -> bool:
    return any(rest[len(link) : end] in known for end in range(len(link) + 3, len(rest) + 1))


def _spans(word: str, known: Dictionary) -> list[tuple[int, int]]:
    """Where known words stand. A piece with a joint on both sides wins over an overlapping one that has only the start
    or the end of the word, a longer piece over one inside it."""
    length = len(word)
    candidates = [
        (start, end)
        for start in range(length - 2)
        for end in range(start + 3, length + 1)
        if word[start:end] in known and end - start < length
    ]
    starts = {start for start, _end in candidates}
    ends = {end for _start, end in candidates}

    def left(start: int) -> bool:
        return start == 0 or any(word[:start].endswith(link) and start - len(link) in ends for link in LINKS)

    def right(end: int) -> bool:
        rest = word[end:]
        return not rest or rest in ENDINGS or any(rest.startswith(link) and end + len(link) in starts for link in LINKS)

    inner = {(start, end) for start, end in candidates if left(start) and right(end)}
    inner -= {(0, end) for end in range(length) if word[end:] in ENDINGS}  # one word and its ending: no compound
    outer = {
        (start, end)
        for start, end in set(candidates) - inner
        if (start == 0 and length - end >= MIN_PIECE and word[end:] not in ENDINGS) or (start >= 3 and right(end))
        if not any(start < other_end and other_start < end for other_start, other_end in inner)
    }
    kept = inner | outer
    return sorted(
        (start, end)
        for start, end in kept
        if not any(other != (start, end) and other[0] <= start and end <= other[1] for other in kept)
    )
