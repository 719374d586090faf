"""The sizes in which public pages show an image. All are made in the background when an image is saved."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django_tasks import task

# Role → filter specifications, smallest first. Templates ask for a role, never for a size of their own.
ROLES: dict[str, tuple[str, ...]] = {
    "card": ("fill-480x320|format-webp", "fill-960x640|format-webp"),
    "lead": ("width-800|format-webp", "width-1600|format-webp"),
    "logo": ("max-160x160|format-webp", "max-320x320|format-webp"),
    "social": ("fill-1200x630|format-jpeg",),
}
SMALLEST_PICTURE = 480  # pixels wide


@dataclass(frozen=True)
class Source:
    """One role of an image, ready for an ``<img>``: addresses, and the width and height in pixels of ``src``."""

    src: str
    srcset: str
    width: int
    height: int

    def as_dict(self) -> dict[str, str | int]:
        return {"src": self.src, "srcset": self.srcset, "width": self.width, "height": self.height}


def roles_for(image) -> tuple[str, ...]:
    """A picture narrower than the smallest card is a logo and is shown as one only."""
    return tuple(ROLES) if image.width >= SMALLEST_PICTURE else ("logo",)


@task()
def prepare(image_id: int) -> None:
    """Make every rendition that public pages may show, and drop those cut around a former focal point.

    Safe to run twice; an image deleted meanwhile, or whose file is gone, is no error.
    """
    from wagtail.images import get_image_model
    from wagtail.images.models import SourceImageIOError

    image = get_image_model().objects.filter(pk=image_id).first()
    if image is None:
        return
    try:
        image.get_renditions(*(spec for specs in ROLES.values() for spec in specs))
    except SourceImageIOError:
        return
    drop_outdated(image)


def drop_outdated(image) -> None:
    """Delete renditions, and their files, that no longer fit the image's focal point."""
    from wagtail.images.models import Filter

    for rendition in image.renditions.exclude(focal_point_key=""):
        if rendition.focal_point_key != Filter(spec=rendition.filter_spec).get_cache_key(image):
            rendition.delete()


def source(image, role: str, *, make: bool = False) -> Source | None:
    """The role's existing renditions; ``None`` while they are not made yet.

    ``make=True`` makes what is missing: for previews and for documents written in the background, never for a
    visitor. One query, or none where ``prefetch_renditions`` was called on the images' queryset.
    """
    if image is None:
        return None
    specs = ROLES[role]
    if make:
        found = image.get_renditions(*specs)
    else:
        from wagtail.images.models import Filter

        # All of its renditions at once: a page shows its picture in several roles. No query when they are there.
        prefetch_related_objects([image], "renditions")
        wanted = {Filter(spec=spec): spec for spec in specs}
        existing = image.find_existing_renditions(*wanted)
        found = {spec: existing[key] for key, spec in wanted.items() if key in existing}
    sized = sorted({rendition.width: rendition for rendition in found.values()}.items())
    if not sized:
        return None
    smallest = sized[0][1]
    return Source(
        src=smallest.url,
        srcset=", ".join(f"{rendition.url} {width}w" for width, rendition in sized),
        width=smallest.width,
        height=smallest.height,
    )
