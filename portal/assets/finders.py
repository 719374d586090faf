"""Hands what is built to all who look for static files; builds it where it is missing or older than its sources."""

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.compress import Compressor

from portal.assets import bundles, fonts

# WhiteNoise sends the .gz or .br beside a file, in development too; fonts are compressed in themselves.
COMPRESSED = (".css", ".js")


class BuiltFinder(BaseFinder):
    """css/site.css, js/site.js and fonts/*.woff2, below settings.BUILT_ASSETS."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.BUILT_ASSETS)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs):
        """The file's place, built if need be; an empty list for what is not built here, as Django's finders answer."""
        recipe = recipes().get(path)
        if recipe is None:
            return []
        place = _built(path, *recipe)
        return [str(place)] if find_all else str(place)

    def list(self, ignore_patterns: Iterable[str] | None):
        for path, recipe in recipes().items():
            _built(path, *recipe)
            yield path, self.storage


def recipes() -> dict[str, tuple[Callable[[], bytes], list[Path]]]:
    """What is built: path → how, and of which files."""
    cut = {
        f"fonts/{face.name}.woff2": ((lambda face=face: fonts.cut(face)), [Path(face.source), Path(fonts.__file__)])
        for face in fonts.FACES
    }
    return {
        "css/site.css": (lambda: bundles.style_sheet().encode(), bundles.sources()),
        "js/site.js": (lambda: bundles.script().encode(), bundles.sources()),
        **cut,
    }


def _built(path: str, make: Callable[[], bytes], sources: list[Path]) -> Path:
    """The file, not older than any of its sources. Safe with several processes: each puts a whole file in place."""
    place = Path(settings.BUILT_ASSETS, path)
    newest = max(source.stat().st_mtime_ns for source in sources)
    if place.exists() and place.stat().st_mtime_ns >= newest:
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    # In a folder of its own first: whoever looks meanwhile finds all of the old or all of the new.
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".") as folder:
        whole = Path(folder, place.name)
        whole.write_bytes(make())
        if place.suffix in COMPRESSED:
            Compressor(quiet=True).compress(str(whole))
        for file in sorted(Path(folder).iterdir(), key=lambda file: file == whole):
            os.replace(file, place.parent / file.name)
    return place
