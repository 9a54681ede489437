"""Every lesson of the demo site names what it was written from, in words a reader knows."""

import re

import pytest

from courses.demo import sources
from courses.demo.files import COURSES, modules

LISTED = sorted({lesson["sources"] for folder in COURSES for module in modules(folder) for lesson in module["lesson"]})


@pytest.mark.parametrize("listed", LISTED)
def test_no_code_of_ours_reaches_the_reader(listed: str) -> None:
    for name in sources.names(listed):
        assert not re.fullmatch(r"[A-Z0-9]{2,3}", name)


def test_sources_close_a_lesson_as_a_list() -> None:
    heading, text = sources.blocks("LK, ustawa o pomocy społecznej")
    assert heading["value"] == {"text": "Źródła", "level": "h2"}
    assert text["value"].startswith("<ul><li>Strona projektu „Liderzy kooperacji”")
    assert text["value"].endswith("<li>ustawa o\xa0pomocy społecznej</li></ul>")
