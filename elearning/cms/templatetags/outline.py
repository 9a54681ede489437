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
    rows = tuple(tuple(item.items()) for item in _each_reason_once(items))
    if settings.DEBUG:  # templates change under the developer's hands
        return format_html_join("", "{}", ((_render(row),) for row in rows))
    return _module(rows)


def _each_reason_once(items: Iterable[Mapping[str, object]]) -> Iterable[Mapping[str, object]]:
    """The items, with the reason of a lock only at the first of those in a row that wait for the same thing."""
    before = None
    for item in items:
        reason = (item.get("reason"), item.get("reason_url")) if item.get("reason") else None
        repeats = reason is not None and reason == before
        yield {key: value for key, value in item.items() if not repeats or not key.startswith("reason")}
        before = reason


def _render(row: Row) -> str:
    return render_to_string("components/outline_item.html", {"item": dict(row)})


_row = lru_cache(maxsize=KEPT_ROWS)(_render)


@lru_cache(maxsize=KEPT_MODULES)
def _module(rows: tuple[Row, ...]) -> str:
    return format_html_join("", "{}", ((_row(row),) for row in rows))
