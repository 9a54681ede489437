"""What findings say."""

import pytest

from h5p.issues import Issue, shown
from h5p.wording import WORDING

FIELDS = (
    "limit",
    "other",
    "line",
    "column",
    "expected",
    "folder",
    "field",
    "value",
    "library",
    "extension",
    "file",
    "needed",
)


@pytest.mark.parametrize("code", sorted(WORDING))
@pytest.mark.parametrize("language", ["en", "pl"])
def test_cause_and_remedy_are_whole_sentences(code, language):
    issue = Issue(code, "h5p.json", {field: f"<{field}>" for field in FIELDS})
    for text in (issue.cause(language), issue.remedy(language)):
        assert text.endswith(".")
        assert "  " not in text
        assert len(text) < 260


@pytest.mark.parametrize("code", sorted(WORDING))
def test_polish_is_not_the_english(code):
    assert WORDING[code].pl != WORDING[code].en


def test_one_letter_words_and_units_stay_on_their_line():
    assert "z\N{NO-BREAK SPACE}końcówką" in Issue("extension-in-content", "a", {"extension": "x"}).cause("pl")
    assert "20\N{NO-BREAK SPACE}MB" in Issue("too-large", "", {"limit": 20}).cause("pl")


def test_places_with_invisible_or_endless_text_are_fit_to_show():
    assert shown("a\u202eb") == "a\\u202eb"
    assert len(shown("a" * 1000)) == 120
