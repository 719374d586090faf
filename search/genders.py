"""The other gender of a profession: who asks for a « danseuse » or a „Tänzerin“ also means danseurs and Tänzer.

English has no genders; its word's other form is the other spelling (search/english.py).
"""

from __future__ import annotations

import re

from .english import other_spellings

# Endings of men's forms that take -in; "Grafiker", "Journalist", "Ingenieur", "Autor", "Produzent", "Fotograf" …
_GERMAN = "er|ist|eur|or|ent|ant|loge|log|graf|graph|tekt|nom|gog|ast|schmied|wirt|arzt"
_WOMAN = re.compile(rf"(.{{2,}}(?:{_GERMAN}))(?:in|innen)")
_MAN = re.compile(rf".{{2,}}(?:{_GERMAN})")
_SHORTEST = 6  # letters; "Kultur", "Fenster" are few, "er" alone is everywhere


def other_forms(word: str) -> list[tuple[str, str]]:
    """(word, language) of the other forms of a lower-case word; [] for most words. The stemmers do the rest: plurals in
    both languages, -trice and -teur, -ière and -ier in French."""
    found: list[tuple[str, str]] = [(spelling, "en") for spelling in other_spellings(word)]
    if match := _WOMAN.fullmatch(word):
        found.append((match[1], "de"))
    elif len(word) >= _SHORTEST and _MAN.fullmatch(word):
        found.append((f"{word}in", "de"))
    if len(word) >= _SHORTEST:
        if word.endswith(("euse", "euses")):
            found.append((f"{word.removesuffix('s').removesuffix('euse')}eur", "fr"))
        elif word.endswith(("eur", "eurs")):
            found.append((f"{word.removesuffix('s').removesuffix('eur')}euse", "fr"))
    return found
