"""The rows of the `outline` component."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join

register = template.Library()

Row = tuple[tuple[str, object], ...]

# A row takes about 1 KB and is the same for all who stand alike: a few for each item and each module of a course.
KEPT_ROWS, KEPT_MODULES = 4096, 1024


@register.simple_tag
def outline_items(items: Iterable[Mapping[str, object]]) -> str:
    """The rows of a module as HTML. A course page has dozens, so each different one is rendered once in a process."""
    rows = tuple(tuple(item.items()) for item in items)
    if settings.DEBUG:  # templates change under the developer's hands
        return format_html_join("", "{}", ((_render(row),) for row in rows))
    return _module(rows)


def _render(row: Row) -> str:
    return render_to_string("components/outline_item.html", {"item": dict(row)})


_row = lru_cache(maxsize=KEPT_ROWS)(_render)


@lru_cache(maxsize=KEPT_MODULES)
def _module(rows: tuple[Row, ...]) -> str:
    return format_html_join("", "{}", ((_row(row),) for row in rows))
