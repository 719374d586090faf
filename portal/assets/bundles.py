"""One style sheet and one script of many small sources, without comments and blanks."""

from pathlib import Path

import django_htmx
import rcssmin
import rjsmin

from portal.assets import fonts

SOURCES = Path(__file__).resolve().parent.parent / "static"

# In the order the cascade needs: tokens.css declares the order of layers, print.css comes last.
STYLES = (
    "tokens",
    "base",
    "layout",
    "components/chrome",
    "components/parts",
    "components/identity",
    "components/form",
    "components/suggest",
    "components/card",
    "components/listing",
    "components/search",
    "components/found",
    "components/map",
    "components/alerts",
    "components/story",
    "components/glance",
    "components/guide",
    "components/home",
    "components/member",
)
PRINT = "print"
SCRIPTS = ("portal", "suggest", "listing", "guide", "video")
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-4.min.js"


def style_sheet() -> str:
    tokens, *rest = (_style(name).read_text() for name in STYLES)
    printed = f"@media print {{\n{_style(PRINT).read_text()}\n}}"
    return rcssmin.cssmin("\n".join([tokens, fonts.style_sheet(), *rest, printed]))


def script() -> str:
    own = "\n".join(rjsmin.jsmin(_script(name).read_text()) for name in SCRIPTS)
    return f"{HTMX.read_text()}\n{own}"


def sources() -> list[Path]:
    """Every file they are made of."""
    return [*map(_style, (*STYLES, PRINT)), *map(_script, SCRIPTS), HTMX, Path(__file__), Path(fonts.__file__)]


def _style(name: str) -> Path:
    return SOURCES / "css" / f"{name}.css"


def _script(name: str) -> Path:
    return SOURCES / "js" / f"{name}.js"
