"""The three faces of the portal: cut from packages to the characters its languages need, as woff2.

Their families have names of the portal's own, as the licence of the sources (SIL OFL 1.1, reserved names) asks of what
was changed; copyright and licence stay in the files.
"""

import io
from dataclasses import dataclass

import font_hanken_grotesk
import font_source_serif_pro
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

# French, German, Luxembourgish, English and the names that occur in them; signs of typography and money.
CHARACTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0£§©«°²³·»ÀÂÄÆÇÈÉÊËÎÏÔÖ×ÙÛÜßàâäæçèéêëîïôöùûüÿŒœ"
    + "\u2011–—‘’‚“”„•…\u202f‹›€áíñóúãõÁÍÓÚ"
)
NARROW_SPACE, NO_BREAK_SPACE, NO_BREAK_HYPHEN = 0x202F, 0xA0, 0x2011
NARROW = 0.17  # of the em: a fifth less than the space, as French typesetting before ; : ! ?
KEPT_NAMES = (0, 1, 2, 4, 6, 13, 14)
# How the text runs: shares of letters in French, German and English prose, spaces included.
SAMPLE = (
    "Les membres du cluster se rencontrent ici : douze secteurs, un annuaire, des guides pour exercer son métier. "
    "Wer allein anbietet, sieht dem Auftrag zu; wer sich zusammentut, gewinnt ihn. Förderung, Recht und Termine. "
    "A one-person firm cannot win a tender alone. Find the people who are missing from your offer, and meet them. "
)


@dataclass(frozen=True)
class Face:
    """One face of the family: its source, weight and style, and the local fonts that stand in until it is there."""

    name: str  # of the file
    source: str
    weight: int
    style: str
    fallback: "Fallback"


@dataclass(frozen=True)
class Fallback:
    """Local fonts of the same widths, and the mean width of SAMPLE in them, in ems (measured on Liberation)."""

    local: tuple[str, ...]
    width: float


SANS = Fallback(("Arial Bold", "Arial-BoldMT", "Helvetica Neue Bold", "Liberation Sans Bold"), 0.4841)
SERIF = Fallback(("Times New Roman", "TimesNewRomanPSMT", "Liberation Serif"), 0.4074)
SERIF_ITALIC = Fallback(("Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic"), 0.4080)

# One family for style sheets: its regular is the serif that tells, its bold the grotesk that names.
FAMILY = "Portal"
FACES = (
    Face("names-bold", font_hanken_grotesk.HankenGroteskBold, 700, "normal", SANS),
    Face("text-regular", font_source_serif_pro.font_files_ttf["SourceSerifPro"], 400, "normal", SERIF),
    Face("text-italic", font_source_serif_pro.font_files_ttf["SourceSerifProIt"], 400, "italic", SERIF_ITALIC),
)


def cut(face: Face) -> bytes:
    """The face as woff2 with only what the portal sets: letters, kerning, ligatures, figures that align."""
    options = subset.Options(
        layout_features=["kern", "liga", "lnum", "tnum", "ccmp", "locl"],
        hinting=False,
        desubroutinize=True,
        name_IDs=list(KEPT_NAMES),
        name_languages=[0x409],
        notdef_outline=True,
    )
    options.drop_tables += ["DSIG", "FFTM"]
    font = TTFont(face.source)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    _fill_in(font)
    _rename(font, face)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _fill_in(font: TTFont) -> None:
    """Narrow no-break space and no-break hyphen where the source lacks them: else French falls back at every colon."""
    cmap = font.getBestCmap()
    added = {}
    if NO_BREAK_HYPHEN not in cmap:
        added[NO_BREAK_HYPHEN] = cmap[ord("-")]
    if NARROW_SPACE not in cmap:
        added[NARROW_SPACE] = _narrow_space(font, cmap)
        added[NO_BREAK_SPACE] = cmap[ord(" ")]
    for table in font["cmap"].tables:
        table.cmap.update(added)


def _narrow_space(font: TTFont, cmap: dict[int, str]) -> str:
    """The name of an empty glyph of that width: the one of a wide no-break space, or a new one."""
    width = round(font["head"].unitsPerEm * NARROW)
    name = cmap[NO_BREAK_SPACE]
    if name == cmap[ord(" ")]:
        name = "narrownbspace"
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = Glyph()
    font["hmtx"][name] = (width, 0)
    return name


def _rename(font: TTFont, face: Face) -> None:
    style = "Italic" if face.style == "italic" else "Bold" if face.weight == 700 else "Regular"
    family = f"{FAMILY} {'Names' if face.weight == 700 else 'Text'}"
    full = f"{family} {style}"
    for name_id, value in {1: family, 2: style, 4: full, 6: full.replace(" ", "")}.items():
        font["name"].setName(value, name_id, 3, 1, 0x409)


def mean_width(font: TTFont) -> float:
    """The mean advance of SAMPLE in ems."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    total = sum(widths[cmap[ord(letter)]][0] for letter in SAMPLE if ord(letter) in cmap)
    return total / len(SAMPLE) / font["head"].unitsPerEm


def style_sheet() -> str:
    """The faces and, for each, a local one stretched to its metrics: no line moves when the real one arrives."""
    return "\n".join(rule for face in FACES for rule in _rules(face))


def _rules(face: Face) -> tuple[str, str]:
    font = TTFont(face.source)
    stretch = mean_width(font) / face.fallback.width
    em = font["head"].unitsPerEm
    ascent, descent = (abs(font["hhea"].ascent) / em, abs(font["hhea"].descent) / em)
    local = ", ".join(f'local("{name}")' for name in face.fallback.local)
    described = f"font-weight: {face.weight}; font-style: {face.style};"
    return (
        f'@font-face {{ font-family: "{FAMILY}"; {described} font-display: optional; '
        f'src: url("../fonts/{face.name}.woff2") format("woff2"); }}',
        f'@font-face {{ font-family: "{FAMILY} Fallback"; {described} src: {local}; '
        f"size-adjust: {stretch:.2%}; ascent-override: {ascent / stretch:.2%}; "
        f"descent-override: {descent / stretch:.2%}; line-gap-override: 0%; }}",
    )
