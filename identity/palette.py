"""Colours of the drawings, as ``tokens.css`` has them (tests/identity compares the two). Hexadecimal sRGB."""

from typing import NamedTuple


class Shade(NamedTuple):
    """One colour in both schemes."""

    light: str
    dark: str


PAPER = Shade("#f6f5f1", "#121316")
SUNKEN = Shade("#ebe9e2", "#0b0c0e")
INK = Shade("#14151a", "#f1efe9")
SIGNAL = Shade("#1a2bd4", "#98a4ff")

# In the order of the colour circle. Found by annealing for contrast on paper and for the largest smallest distance
# between any two under full sight, protanopia, deuteranopia and tritanopia; tests/identity measures both again.
HUES: dict[str, Shade] = {
    "architecture": Shade("#9c404c", "#eb3a3d"),
    "crafts": Shade("#5f3421", "#ed8824"),
    "visual-arts": Shade("#2e2a00", "#d8c895"),
    "film": Shade("#797105", "#98db16"),
    "design": Shade("#2a6202", "#c4ff9e"),
    "fashion": Shade("#137070", "#49ab86"),
    "gaming": Shade("#024558", "#49fffd"),
    "marketing": Shade("#0b6ed8", "#70c9fb"),
    "literature": Shade("#191fc5", "#7e64ff"),
    "publishing": Shade("#601f9a", "#9076a1"),
    "performing-arts": Shade("#9b4aad", "#cb76e5"),
    "music": Shade("#c7257f", "#f19fc4"),
}
