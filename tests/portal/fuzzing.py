"""A seeded generator of addresses that nobody would type, for every listing; the same ones for the same number.

Each address says what may not come back: a marker that must be escaped wherever it stands, and a word that stands in
nothing public, whole or misspelt.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from tests.factories.home import INDEX_SLUGS
from tests.portal.pages import search_address

LISTINGS = [f"/{code}/{slugs[code]}/" for slugs in INDEX_SLUGS.values() for code in slugs]
PARAMETERS = (
    *("q", "q", "q", "q", "page", "sort", "exact", "subsector", "skill", "area", "language", "size", "available"),
    *("collaborates", "topic", "year", "status", "kind", "applicant", "when", "place", "type", "unknown", "q[]", ""),
)
MARKER = "<zq\"'>"  # never raw in an answer
SECRET = "Zyxwanghrode"  # the name of what is private; asked for, and never suggested
HIDDEN = "Qvoltimunde"  # stands in what is private and is never asked for: wherever it appears, something leaked
FRAGMENTS = (
    *(
        "' OR 1=1 --",
        "') UNION SELECT password FROM accounts_user --",
        "; DROP TABLE search_searchentry",
        "%27",
        "\\",
        "%",
    ),
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</textarea><b>",
        "{{ settings.SECRET_KEY }}",
        "{% url %}",
    ),
    *("doc['audience'].value", "ctx._source", "Runtime.getRuntime()", "params.now", "_source:*", "audience:signed-in"),
    *(
        "title:/.*/",
        "a~2",
        "a^1000",
        "[* TO *]",
        "+a -b",
        "a AND NOT b",
        "*",
        "?",
        '"a b"~3',
        "_exists_:key",
        "=skill:design",
    ),
    *(
        "../../etc/passwd",
        "file:///etc/passwd",
        "${jndi:ldap://x}",
        "javascript:alert(1)",
        "&amp;lt;",
        "&#x3c;",
        "\r\nSet-Cookie: a=b",
    ),
    *(
        "\ue000",
        "\ue001x\ue000",
        "fr:illustr",
        " de:a ",
        "\0",
        "\u2028",
        "NaN",
        "null",
        "undefined",
        "__proto__",
        "-0",
        "1e309",
    ),
)
UNICODE = (
    *(
        "مرحبا بالعالم",
        "שלום עולם",
        "日本語のデザイン",
        "\u202eabc\u202c",
        "\u2066x\u2069",
        "😀👩‍👩‍👧‍👦🏳️‍🌈",
        "é\u0301\u0301\u0301",
        "ﬁne",
        "İI",
        "ẞß",
    ),
    *(
        "Ｄｅｓｉｇｎ",
        "ᵈᵉˢⁱᵍⁿ",
        "𝔡𝔢𝔰𝔦𝔤𝔫",
        "\u200b\u200d",
        "\ufeff",
        "\udcff",
        "ﷺ" * 30,
        "Ω≈ç√",
        "\u00ad\u034f",
        "ǅ",
        "ŉ",
        "क्षत्रिय",
        "ไทย",
    ),
)
NUMBERS = ("0", "-1", "1", "2", "7", "399", "400", "999999", "9" * 40, "1.5", "٣", "½", "0x10", " 1 ", "+1")


@dataclass(frozen=True)
class Address:
    path: str
    query: str  # after the question mark
    asks_for_secret: bool

    def __str__(self) -> str:
        return f"{self.path}?{self.query}"


class Fuzzer:
    """`words`: of the real content, asked for as they are, misspelt and mixed; `values`: facet values that exist."""

    def __init__(self, seed: int, words: Sequence[str], values: Sequence[str]) -> None:
        self.chance = random.Random(seed)
        self.words = sorted(words)
        self.values = sorted(values)
        self.paths = [*LISTINGS, *(search_address(code) for code in ("fr", "de", "en") for _weight in range(3))]

    def address(self) -> Address:
        path = self.chance.choice(self.paths)
        if self.chance.random() < 0.04:
            query = "".join(chr(self.chance.choice((37, 38, 61, 43, 59, 63, 91, 48, 97))) for _n in range(30))
            return Address(path, query, False)
        pairs = [(self.chance.choice(PARAMETERS), self.value()) for _n in range(self.chance.choice((1, 1, 2, 3, 5, 9)))]
        if not any(name == "q" for name, _value in pairs):
            pairs.append(("q", self.value()))
        if self.chance.random() < 0.05:
            pairs *= self.chance.choice((2, 20, 60))
        query = "&".join(f"{quote_plus(name)}={quote_plus(value, errors='ignore')}" for name, value in pairs)
        return Address(path, query, any(SECRET[:4].lower() in value.lower() for _name, value in pairs))

    def value(self) -> str:
        parts = [self.part() for _n in range(self.chance.choice((1, 1, 1, 2, 3, 4, 12)))]
        text = self.chance.choice(("", " ", " ", " ", "-", "'", "’", "\t")).join(parts)
        return f"{text}{MARKER}" if self.chance.random() < 0.25 else text

    def part(self) -> str:
        kind = self.chance.random()
        if kind < 0.35:
            return self.chance.choice(self.words)
        if kind < 0.55:
            return self.misspelt(self.chance.choice(self.words))
        if kind < 0.62:
            return self.misspelt(SECRET) if self.chance.random() < 0.7 else SECRET
        if kind < 0.72:
            return self.chance.choice(FRAGMENTS)
        if kind < 0.80:
            return self.chance.choice(UNICODE)
        if kind < 0.86:
            return self.chance.choice(self.values)
        if kind < 0.91:
            return self.chance.choice(NUMBERS)
        return self.noise()

    def misspelt(self, word: str) -> str:
        """One or two letters left out, doubled, swapped or replaced; sometimes two words run together."""
        letters = list(word)
        for _n in range(self.chance.choice((1, 1, 2))):
            place = self.chance.randrange(len(letters)) if letters else 0
            way = self.chance.randrange(4)
            if way == 0 and len(letters) > 2:
                del letters[place]
            elif way == 1:
                letters.insert(place, self.chance.choice("aeinrstß"))
            elif way == 2 and place + 1 < len(letters):
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
            elif letters:
                letters[place] = self.chance.choice("aeinrstéü")
        text = "".join(letters)
        return text + self.chance.choice(self.words) if self.chance.random() < 0.1 else text

    def noise(self) -> str:
        """Any characters at all, now and then very many of them."""
        length = self.chance.choice((1, 3, 8, 30, 300, 5000))
        planes = ((1, 0x7F), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x1FFF), (0x2000, 0xFFFF), (0x10000, 0x1FFFF))
        start, end = self.chance.choice(planes)
        if length > 300:
            return self.chance.choice(("a", "Wort ", "é\u0301", "(", "illustration")) * (length // 4)
        return "".join(chr(self.chance.randint(start, end)) for _n in range(length))
