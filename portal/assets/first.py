"""The few lines of script that stand in every page and bring the rest when the page is drawn."""

import base64
import hashlib
from functools import cache
from pathlib import Path

import rjsmin

SOURCE = Path(__file__).resolve().parent.parent / "static" / "js" / "first.js"


@cache
def first_script() -> str:
    return str(rjsmin.jsmin(SOURCE.read_text())).strip()


def first_script_source() -> str:
    """Its name in a content security policy: no other script may stand in a page."""
    digest = hashlib.sha256(first_script().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
