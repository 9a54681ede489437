"""The style sheet asks for the Polish letters where the set-up has cut them out."""

import re

from elearning.bootstrap.fonts import POLISH
from elearning.bootstrap.terminal import ROOT

TOKENS = (ROOT / "elearning" / "static" / "css" / "tokens.css").read_text()
FACES = re.findall(r"@font-face \{[^}]*source-sans-3-([a-z-]+)-(\d+)-normal[^}]*unicode-range: ([^;]+);", TOKENS)


def letters(ranges: str) -> set[str]:
    """The signs of a unicode-range."""
    found: set[str] = set()
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return found


def test_it_works_for_every_weight() -> None:
    weights = {weight for _subset, weight, _ranges in FACES}
    assert weights == {weight for subset, weight, _ranges in FACES if subset == "polish"}
    for subset, _weight, ranges in FACES:
        if subset == "polish":
            assert letters(ranges) == set(POLISH)


def test_the_polish_files_win_over_the_larger_ones() -> None:
    """Of rules for the same letter, browsers take the last."""
    assert [subset for subset, _weight, _ranges in FACES][-2:] == ["polish", "polish"]


def test_the_first_view_asks_for_them_early() -> None:
    skeleton = (ROOT / "templates" / "skeleton.html").read_text()
    assert set(re.findall(r"source-sans-3-polish-(\d+)-normal", skeleton)) == {w for _s, w, _r in FACES}
