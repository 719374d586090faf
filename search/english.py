"""British and American spellings: who types "color" also means "colour", and the other way round.

They are asked for beside the word, in English only. A form that nobody writes ("collaborize") is found nowhere and does
no harm. Not here: what the stemmer makes equal (modelling, modeling), and pairs that would also reach another thing
(programme and programming, storey and story).
"""

from __future__ import annotations

import re

from .analysis_python import tokens

_SHORTEST = 4  # letters: gray
_BEFORE = "water|multi|uni|mono|tri|re|dis|un|non|kilo|centi|milli|amphi"  # watercolour, amphitheatre
_BRITISH = {
    "colour": "color", "flavour": "flavor", "behaviour": "behavior", "favour": "favor", "honour": "honor",
    "humour": "humor", "labour": "labor", "neighbour": "neighbor", "harbour": "harbor", "armour": "armor",
    "glamour": "glamor", "grey": "gray", "jewellery": "jewelry", "catalogue": "catalog", "dialogue": "dialog",
    "analogue": "analog", "artefact": "artifact", "aesthet": "esthet", "archaeolog": "archeolog", "mould": "mold",
    "woollen": "woolen", "licence": "license", "defence": "defense", "draughtsm": "draftsm", "draughtsw": "draftsw",
    "moustache": "mustache", "aluminium": "aluminum", "centred": "centered", "centring": "centering",
}  # fmt: skip
_OTHER = {**_BRITISH, **{american: british for british, american in _BRITISH.items()}}
_BEGINNING = re.compile(rf"({_BEFORE})?({'|'.join(sorted(_OTHER, key=len, reverse=True))})(.*)")
# centre, theatres, fibreglass, amphitheatre
_RE_OR_ER = re.compile(
    rf"((?:{_BEFORE})?(?:cent|theat|fib|lit|met|calib|och|lust))(re|er)((?:s|piece|glass|board|goer)*)"
)
# digitise, organisation, customisable, analyse
_S_OR_Z = re.compile(r"(\w{3,}i|\w{2,}y)([sz])((?:e|es|ed|ing|er|ers|able|ation|ations))")


def other_spellings(word: str) -> list[str]:
    """The other ways in which English writes this lower-case word; [] for most words."""
    if len(word) < _SHORTEST or not word.isascii():
        return []
    forms = [word]
    for rewrite in (_rewrite_beginning, _swap_re, _swap_s):
        forms += [other for form in forms if (other := rewrite(form))]
    return [form for form in dict.fromkeys(forms) if tokens(form, "en") != tokens(word, "en")]


def one_spelling(word: str) -> str:
    """The same for all spellings of a lower-case word."""
    return min(word, *spellings) if (spellings := other_spellings(word)) else word


def _rewrite_beginning(word: str) -> str:
    match = _BEGINNING.fullmatch(word)
    return f"{match[1] or ''}{_OTHER[match[2]]}{match[3]}" if match else ""


def _swap_re(word: str) -> str:
    match = _RE_OR_ER.fullmatch(word)
    return f"{match[1]}{match[2][::-1]}{match[3]}" if match else ""


def _swap_s(word: str) -> str:
    match = _S_OR_Z.fullmatch(word)
    return f"{match[1]}{'z' if match[2] == 's' else 's'}{match[3]}" if match else ""
