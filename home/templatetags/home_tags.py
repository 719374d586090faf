from django import template

from core.models import Subsector

register = template.Library()


@register.simple_tag
def subsector_choices() -> list[tuple[str, str]]:
    """Slug and label of every subsector in the reader's language, in their order; from the cache."""
    return list(Subsector.choices_here().items())
