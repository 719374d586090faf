from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.assets.first import first_script

register = template.Library()


@register.simple_tag
def scripts() -> SafeString:
    """The script of the page, which brings the other one; the content security policy knows it by its digest."""
    first = mark_safe(first_script())  # noqa: S308  (a file of this project)
    return format_html('<script data-src="{}">{}</script>', static("js/site.js"), first)
