"""Accents off, as Lucene's ASCIIFoldingFilter and GermanNormalizationFilter take them off (Apache-2.0, Lucene 10.4)."""

from __future__ import annotations

import unicodedata

# Letters that do not come apart in Unicode; up to U+02AF, checked against Elasticsearch by the contract tests.
_SINGLE = (
    "ⱥⱦðøđħıĸłŋŧƀƃƈƌƒƙƚƞƥƫƭƴƶƿǝǥǧǿȝȡȥȴȵȶȷȼȿɀɇɉɋɍɏẜẝỿɐɓɔɕɖɗɘəɚɛɜɝɞɟɠɡɢɥɦɨɪɫɬɭɯɰɱɲɳɴɵɼɽɾɿʀʁʂʄʇʈʉʋʌʍʎʏʐʑʗʙʚʛʜʝʞʟʠʮʯ",
    "atdodhiqlntbbcdfklnpttyzweGGozdzlntjcszejqryssyabocddeaaeeeejggGhhiIlllmmmnnNorrrrRRsjttuvvwyYzzCBeGHjkLqhh",
)
_SEVERAL = {
    "ß": "ss", "æ": "ae", "þ": "th", "œ": "oe", "ƕ": "hv", "ǣ": "ae", "ǽ": "ae", "ȣ": "ou", "ȸ": "db", "ȹ": "qp",
    "ỻ": "ll", "ɶ": "OE", "ʣ": "dz", "ʥ": "dz", "ʦ": "ts", "ʨ": "tc", "ʪ": "ls", "ʫ": "lz",
}  # fmt: skip
_TABLE: dict[str, str] = {**dict(zip(*_SINGLE, strict=True)), **_SEVERAL}


def fold(word: str) -> str:
    """ "élan" → "elan", "œuvre" → "oeuvre", "straße" → "strasse". Letters of other scripts stay as they are."""
    return word if word.isascii() else "".join(_fold_letter(char) for char in word)


def _fold_letter(char: str) -> str:
    if char.isascii():
        return char
    if char in _TABLE:
        return _TABLE[char]
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return base if base.isascii() else char


def fold_german(word: str) -> str:
    """ä, ae and a become one, so do ö/oe/o, ü/ue/u and ß/ss; the "ue" of "neue" and "Quelle" stays. Lower case in."""
    out: list[str] = []
    state = ""  # "umlaut": an e after it is dropped; "vowel": a u after it cannot start an umlaut
    for char in word:
        if char in "ao":
            out.append(char)
            state = "umlaut"
        elif char == "u":
            out.append(char)
            state = "vowel" if state else "umlaut"
        elif char in "eiqy":
            if char != "e" or state != "umlaut":
                out.append(char)
            state = "vowel"
        elif char in "äöü":
            out.append({"ä": "a", "ö": "o", "ü": "u"}[char])
            state = "vowel"
        else:
            out.append("ss" if char == "ß" else char)
            state = ""
    return "".join(out)
