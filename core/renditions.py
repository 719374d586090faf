"""The sizes and formats in which public pages show an image.

All are made in the background: most when an image is saved, AVIF of the large sizes, which takes a hundred times as
long as JPEG, by `portal.schedule` within the next minutes. A page offers what exists.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from django.core.cache import cache
from django.db.models import Count, Q, prefetch_related_objects
from django_tasks import task

# Role → format → sizes in Wagtail's terms, smallest first. Templates ask for a role, never for a size of their own.
# Browsers take the first format they know; those that know WebP but not AVIF are few, and get few sizes of it.
# Logos are transparent, which no JPEG is.
OFFERED: dict[str, dict[str, tuple[str, ...]]] = {
    "card": {"avif": ("fill-480x320", "fill-720x480", "fill-960x640"), "webp": ("fill-720x480",)},
    "lead": {"avif": ("width-480", "width-720", "width-1200", "width-1600"), "webp": ("width-720", "width-1600")},
    "logo": {"webp": ("max-160x160", "max-320x320")},
    "social": {},
}
# Role → the one file for programs that know neither format, and what is sent to networks.
PLAIN: dict[str, str] = {
    "card": "fill-480x320|format-jpeg",
    "lead": "width-1200|format-jpeg",
    "logo": "max-320x320|format-png",
    "social": "fill-1200x630|format-jpeg",
}


def specs(role: str, form: str) -> tuple[str, ...]:
    """Wagtail's filter specifications of a role's sizes in one format, smallest first."""
    return tuple(f"{size}|format-{form}" for size in OFFERED[role].get(form, ()))


# Role → every specification it may show.
ROLES: dict[str, tuple[str, ...]] = {
    role: (*(spec for form in OFFERED[role] for spec in specs(role, form)), plain) for role, plain in PLAIN.items()
}
SLOW = specs("lead", "avif")
SMALLEST_PICTURE = 480  # pixels wide
BATCH = 20  # images whose slow renditions are made in one go
GONE_SECONDS = 24 * 60 * 60  # how long a file that could not be read is left alone


@dataclass(frozen=True)
class Source:
    """One role of an image, ready for a ``<picture>``: the plain file with its width and height in pixels, and a
    ``srcset`` for each format that browsers may choose; "" while its files are not made yet."""

    src: str
    avif: str
    webp: str
    width: int
    height: int

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


def roles_for(image) -> tuple[str, ...]:
    """A picture narrower than the smallest card is a logo and is shown as one only."""
    return tuple(ROLES) if image.width >= SMALLEST_PICTURE else ("logo",)


@task()
def prepare(image_id: int) -> None:
    """Make the renditions that pages show, but for the slow ones, and drop those cut around a former focal point.

    Safe to run twice; an image deleted meanwhile, or whose file is gone, is no error.
    """
    from wagtail.images import get_image_model
    from wagtail.images.models import SourceImageIOError

    image = get_image_model().objects.filter(pk=image_id).first()
    if image is None:
        return
    try:
        image.get_renditions(*(spec for role in roles_for(image) for spec in ROLES[role] if spec not in SLOW))
    except SourceImageIOError:
        return
    drop_outdated(image)


def lacking() -> Iterator:
    """Images that still lack a rendition, the newest first: the slow ones, and all new sizes of old images."""
    from wagtail.images import get_image_model

    for role_names, images in (
        (tuple(ROLES), Q(width__gte=SMALLEST_PICTURE)),
        (("logo",), Q(width__lt=SMALLEST_PICTURE)),
    ):
        wanted = [spec for role in role_names for spec in ROLES[role]]
        made = Count("renditions__filter_spec", filter=Q(renditions__filter_spec__in=wanted), distinct=True)
        found = get_image_model().objects.filter(images).annotate(made=made).filter(made__lt=len(wanted))
        yield from (image for image in found.order_by("-pk") if not cache.get(_gone_key(image)))


def complete(limit: int = BATCH) -> int:
    """Make what is lacking of up to `limit` images; how many were completed. Safe to run twice at once."""
    from wagtail.images.models import SourceImageIOError

    done = 0
    for image in islice(lacking(), limit):
        try:
            image.get_renditions(*(spec for role in roles_for(image) for spec in ROLES[role]))
            done += 1
        except SourceImageIOError:
            cache.set(_gone_key(image), True, GONE_SECONDS)
    return done


def _gone_key(image) -> str:
    return f"renditions:gone:{image.pk}:{image.file_hash}"


def drop_outdated(image) -> None:
    """Delete renditions, and their files, that no longer fit the image's focal point."""
    from wagtail.images.models import Filter

    for rendition in image.renditions.exclude(focal_point_key=""):
        if rendition.focal_point_key != Filter(spec=rendition.filter_spec).get_cache_key(image):
            rendition.delete()


def source(image, role: str, *, make: bool = False) -> Source | None:
    """The role's existing renditions; ``None`` while they are not made yet.

    ``make=True`` makes what is missing, slow ones aside: for previews and for documents written in the background,
    never for a visitor. One query, or none where ``prefetch_renditions`` was called on the images' queryset.
    """
    if image is None:
        return None
    if make:
        found = image.get_renditions(*(spec for spec in ROLES[role] if spec not in SLOW))
    else:
        from wagtail.images.models import Filter

        # All of its renditions at once: a page shows its picture in several roles. No query when they are there.
        prefetch_related_objects([image], "renditions")
        wanted = {Filter(spec=spec): spec for spec in ROLES[role]}
        existing = image.find_existing_renditions(*wanted)
        found = {spec: existing[key] for key, spec in wanted.items() if key in existing}
    plain = found.get(PLAIN[role])
    if plain is None:
        return None
    avif, webp = (_srcset([found.get(spec) for spec in specs(role, form)]) for form in ("avif", "webp"))
    return Source(plain.url, avif, webp, plain.width, plain.height)


def _srcset(renditions: list) -> str:
    """ "" where not all sizes are there: a format half made would give a large screen a small picture."""
    if not renditions or not all(renditions):
        return ""
    sized = {rendition.width: rendition for rendition in reversed(renditions)}  # small originals: the same width twice
    return ", ".join(f"{sized[width].url} {width}w" for width in sorted(sized))
