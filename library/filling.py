"""Fills a marked Word file in: what was typed, or dotted places for a pen. Pure.

The site does not call these two on files that people sent, but `library.marked.sandbox`, which does the same work in a
process with limits.
"""

from collections.abc import Sequence

from .marked.filled import blank_context, context
from .marked.rendering import render
from .structure import Field
from .values import Values


def fill(data: bytes, fields: Sequence[Field], values: Values) -> bytes:
    """The file with these values. Raises `library.marked.faults.Refused`."""
    return render(data, context(fields, values))


def blank(data: bytes, fields: Sequence[Field]) -> bytes:
    """The form to print and fill in by hand: every condition is printed. Raises `library.marked.faults.Refused`."""
    return render(data, blank_context(fields), is_blank=True)
