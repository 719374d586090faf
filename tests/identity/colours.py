"""Colour as it is seen: contrast (WCAG 2.2), distance in OKLab, colour-vision deficiency (Machado et al. 2009)."""

from itertools import combinations

Linear = tuple[float, float, float]

# Full severity, for linear sRGB.
SIGHTS: dict[str, tuple[Linear, Linear, Linear]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def linear(colour: str) -> Linear:
    values = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Between 1 and 21."""
    lights = sorted(sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def seen(colour: str, sight: str) -> Linear:
    """The colour in OKLab as somebody with that sight sees it."""
    light = linear(colour)
    r, g, b = (max(0.0, sum(w * v for w, v in zip(row, light, strict=True))) for row in SIGHTS[sight])
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
    )


def closest(colours: dict[str, str], sight: str) -> tuple[float, str, str]:
    """The smallest distance between any two, and which these are."""
    points = {name: seen(colour, sight) for name, colour in colours.items()}
    return min(
        (sum((x - y) ** 2 for x, y in zip(points[a], points[b], strict=True)) ** 0.5, a, b)
        for a, b in combinations(points, 2)
    )
