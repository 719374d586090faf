"""The image that stands for a page where it is shared: its words, its picture or cover, drawn once and kept."""

import hashlib
import json
from dataclasses import asdict
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image
from wagtail.models import Page

from core import renditions
from core.models import SiteSettings, Subsector
from identity.share import ShareWords, draw_share

FOLDER = "share"
DRAWING = 1  # one more whenever identity.share draws differently: kept images are drawn anew


def share_words(page: Page) -> ShareWords:
    """What the image of a page says, in its own language: above the title where it stands, and its subsectors."""
    with translation.override(page.language):
        settings = SiteSettings.load()
        subsectors = list(page.subsectors.all()) if hasattr(page, "subsectors") else []
        parent = page.get_parent()
        place = [parent.title] if parent.depth > 2 else []
        tagline = next((text.tagline for text in settings.texts.all() if text.language == page.language), "")
        labels = Subsector.labels_in(page.language)
        kicker = " · ".join([*place, *(labels.get(term.slug, term.slug) for term in subsectors)]) or tagline
    return ShareWords(page.title, kicker, settings.name, tuple(term.slug for term in subsectors))


def share_image(page: Page) -> bytes:
    """The PNG, 1200 × 630 pixels. Drawn when a network asks for it first (some 100 ms) or what it shows has changed."""
    words = share_words(page)
    picture = _kept_picture(page)
    shown = json.dumps([DRAWING, asdict(words), picture.name if picture else ""])
    name = f"{FOLDER}/{page.pk}/{hashlib.sha256(shown.encode()).hexdigest()[:20]}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return kept.read()
    drawn = _draw(words, picture)
    _forget(page.pk)
    default_storage.save(name, ContentFile(drawn))
    return drawn


def _draw(words: ShareWords, picture) -> bytes:
    """Without its picture where the file is gone or broken: the cover is right, too."""
    if picture:
        try:
            with picture.open("rb") as file, Image.open(file) as opened:
                return draw_share(words, opened)
        except OSError:
            pass
    return draw_share(words)


def _kept_picture(page: Page):
    """The file of the picture as it was cut for sharing when it was saved; None without one."""
    image = getattr(page, "lead_picture", None)
    kept = image.renditions.filter(filter_spec__in=renditions.ROLES["social"]).first() if image else None
    return kept.file if kept else None


def _forget(page_id: int) -> None:
    """What was drawn for the page before."""
    folder = f"{FOLDER}/{page_id}"
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(str(PurePosixPath(folder) / name))
