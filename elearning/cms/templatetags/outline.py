"""The rows of the `outline` component."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join

register = template.Library()

# A row takes about 1 KB and is the same for all who stand alike: a few for each item of each course.
KEPT_ROWS = 4096


@register.simple_tag
def outline_items(items: Iterable[Mapping[str, object]]) -> str:
    """The rows of a module as HTML. A course page has dozens, so each different one is rendered once in a process."""
    render = _render if settings.DEBUG else _render_once
    return format_html_join("", "{}", ((render(tuple(item.items())),) for item in items))


def _render(row: tuple[tuple[str, object], ...]) -> str:
    return render_to_string("components/outline_item.html", {"item": dict(row)})


_render_once = lru_cache(maxsize=KEPT_ROWS)(_render)
