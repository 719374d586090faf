from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from guides.glossary import Glossary
from guides.models import GuidePage

register = template.Library()


@register.simple_tag
def glossary_of(page: GuidePage) -> Glossary:
    return Glossary(block.value["term"] for block in page.glossary)


@register.simple_block_tag(takes_context=True)
def with_terms(context: Context, content: str, glossary: Glossary) -> SafeString:
    """What it encloses, with terms of the glossary as links where they stand first."""
    return mark_safe(glossary.mark(content))  # noqa: S308  (drawn by templates; nothing but links is added)
