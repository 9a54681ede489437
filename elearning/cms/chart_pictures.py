"""The picture of a chart as a file: the drawing of the page, set by Typst with its title and its sources."""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import render_to_string

from .plots import Plot, drawing

TEMPLATE = settings.BASE_DIR / "templates" / "cms" / "chart.typ"
FONTS = settings.ASSETS_DIR / "source-sans" / "TTF"
PIXELS_PER_INCH = 144.0  # of a picture 6.7 inches wide: enough for a slide and for paper
KEPT = 32  # pictures of about 60 KB each


def png(plot: Plot) -> bytes:
    """The picture of a chart. Those asked for lately are kept in memory, because each takes a tenth of a second."""
    svg = render_to_string("components/chart_drawing.html", {"chart": drawing(plot)})
    words = {"title": plot.title, "description": plot.description, "sources": plot.sources}
    return _drawn(svg, json.dumps(words, ensure_ascii=False))


@lru_cache(maxsize=KEPT)
def _drawn(svg: str, words: str) -> bytes:
    pictures = typst.compile(
        _source(),
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"drawing": svg, "words": words},
    )
    return bytes(pictures if isinstance(pictures, bytes) else pictures[0])


@cache
def _source() -> bytes:
    return Path(TEMPLATE).read_bytes()


@cache
def _fonts() -> Any:
    """The fonts, read once in a process. Threads share them."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
