"""Untouched English texts become Polish; texts of authors stay."""

import copy
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from h5p.filtering import filter_params
from h5p.localisation import OVERLAY, core_strings, coverage, localise, overlay

from .content import JSON, PACKAGES, finder, library, real_contents
from .test_markup import Elements

PLACEHOLDER = re.compile(r"[@:%][a-zA-Z]\w*")
TEXTS: tuple[dict[str, Any], ...] = (
    {"name": "check", "type": "text", "default": "Check"},
    {"name": "score", "type": "text", "default": "You got @score points"},
    {"name": "texts", "type": "group", "fields": [{"name": "one", "type": "text", "default": "Don't <know>"}]},
    {
        "name": "rows",
        "type": "list",
        "field": {"type": "group", "fields": [{"name": "r", "type": "text", "default": "Row"}]},
    },
    {"name": "inner", "type": "library", "options": ["H5P.Thing 1.2"]},
    {"name": "html", "type": "text", "tags": ["strong"], "default": "<p>Well done</p>"},
    {"name": "colour", "type": "text", "default": "#ff0000"},
)
POLISH: list[Any] = [
    {"label": "Przycisk", "default": "Sprawdź (typ)"},
    {"default": "Masz punkty: @score"},
    {"fields": [{"default": 'Nie "wiem"'}]},
    {"field": {"fields": [{"default": "Wiersz"}]}},
    {},
    {"default": "<p>Brawo<script>alert(1)</script></p>"},
]
THING = library(*TEXTS, pl=POLISH)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"check": "Check"}, {"check": "Sprawdź (typ)"}),
        ({"check": "Check it"}, {"check": "Check it"}),
        ({"check": "Sprawdź (typ)"}, {"check": "Sprawdź (typ)"}),
        ({"score": "You got @score points"}, {"score": "Masz punkty: @score"}),
        ({"texts": "Don&#039;t &lt;know&gt;"}, {"texts": "Nie &quot;wiem&quot;"}),
        ({"texts": {"one": "Don't <know>"}}, {"texts": {"one": "Nie &quot;wiem&quot;"}}),
        ({"rows": ["Row", "My row"]}, {"rows": ["Wiersz", "My row"]}),
        ({"html": "<p>Well done</p>"}, {"html": "<p>Brawo</p>"}),
        ({"other": "Check"}, {"other": "Check"}),
        ({"colour": "#ff0000"}, {"colour": "#ff0000"}),
    ],
)
def test_texts_nobody_changed_are_translated(params: Any, expected: Any) -> None:
    assert localise(params, THING, finder()) == expected
    assert localise(expected, THING, finder()) == expected


def test_nested_contents_are_translated_by_their_own_library() -> None:
    params = {"inner": {"library": "H5P.Thing 1.2", "params": {"check": "Check"}, "subContentId": "x"}}
    assert localise(params, THING, finder(THING))["inner"]["params"] == {"check": "Sprawdź (typ)"}
    assert localise(params, THING, finder()) == params


def test_our_translation_fills_what_the_library_lacks() -> None:
    bare = library(*TEXTS)
    ours = {"": {"Check": "Sprawdź"}, "H5P.Thing": {"Row": "Rząd"}, "H5P.Else": {"You got @score points": "@score"}}
    params = {"check": "Check", "rows": ["Row"], "score": "You got @score points"}
    expected = {"check": "Sprawdź", "rows": ["Rząd"], "score": "You got @score points"}
    assert localise(params, bare, finder(), overlay=ours) == expected
    assert localise(params, bare, finder(), language="de", overlay={}) == params


def test_a_translation_that_loses_the_score_is_not_used() -> None:
    broken = library(*TEXTS, pl=[{}, {"default": "Masz punkty"}])
    params = {"score": "You got @score points"}
    assert localise(params, broken, finder(), overlay={}) == params
    ours = {"": {"You got @score points": "Punkty: @score"}}
    assert localise(params, broken, finder(), overlay=ours) == {"score": "Punkty: @score"}


def test_a_text_far_longer_than_the_english_one_is_no_translation() -> None:
    """A content may hold a short text a million times: the long one would fill the memory."""
    bomb = library(*TEXTS, pl=[{"default": "x" * 10_000}])
    assert localise({"check": "Check"}, bomb, finder(), overlay={}) == {"check": "Check"}
    assert localise({"check": "Check"}, bomb, finder()) == {"check": "Sprawdź"}


def test_coverage_counts_texts_with_words() -> None:
    assert coverage(THING, overlay={}) == (5, 5)
    assert coverage(library(*TEXTS), overlay={"": {"Check": "Sprawdź"}}) == (1, 5)


@settings(max_examples=200, deadline=None)
@given(JSON, JSON)
def test_nothing_makes_it_raise_or_change_its_input(params: Any, strange: Any) -> None:
    before = copy.deepcopy(params)
    localise(params, THING, finder(THING))
    localise({"rows": params, "inner": params, "texts": params}, THING, finder(THING))
    assert params == before
    odd = library(*TEXTS, strange, pl=strange)
    localise(params, odd, finder())
    done, total = coverage(odd)
    assert 0 <= done <= total


def ours() -> list[tuple[str, str, str]]:
    return [(name, english, polish) for name, texts in OVERLAY.items() for english, polish in texts.items()]


def test_our_translations_keep_placeholders_and_hold_no_markup() -> None:
    for name, english, polish in ours():
        assert Counter(PLACEHOLDER.findall(english)) == Counter(PLACEHOLDER.findall(polish)), (name, english)
        assert polish.strip(), english
        assert "<" not in polish, english
        assert not re.search(r"(?:^|[ (])[iwzoau] ", polish, re.IGNORECASE), f"no-break space missing: {polish}"
    assert len(ours()) > 200


def test_the_types_without_polish_of_their_own_have_ours() -> None:
    lacking = "MarkTheWords SingleChoiceSet Essay InteractiveBook BranchingScenario Dialogcards Crossword FindTheWords"
    assert {f"H5P.{name}" for name in [*lacking.split(), "ImageSequencing"]} <= set(OVERLAY)


def test_the_player_speaks_polish_and_english_with_the_same_placeholders() -> None:
    polish, english = core_strings("pl"), core_strings("en")
    assert set(polish) == set(english)
    assert {key: PLACEHOLDER.findall(text) for key, text in polish.items() if PLACEHOLDER.search(text)} == {
        "offlineDialogRetryMessage": [":num"]
    }
    assert polish["fullscreen"] == "Pełny ekran"
    assert core_strings("de") == english
    assert core_strings("../pl") == english


def test_no_language_leads_out_of_the_folder_of_translations() -> None:
    assert overlay("../translations/pl") == {}
    assert overlay("xx") == {}


@pytest.mark.skipif(
    not PACKAGES.exists(),
    reason="real packages are not part of the project: put them beside it, in shared/h5p-packages",
)
def test_real_contents_are_polish_and_still_safe() -> None:
    rest = {}
    for name, package, main, find in real_contents():
        filtered = filter_params(package.params, main, find)
        localised = localise(filtered, main, find)
        assert localise(localised, main, find) == localised, name
        assert filter_params(localised, main, find) == localised, name
        assert Elements(json.dumps(localised)).found == [], name
        for packaged in package.libraries:
            done, total = coverage(packaged.library)
            if done < total:
                rest[str(packaged.library.name)] = total - done
    # Examples for authors, a name, and a score that reads the same in both languages.
    assert rest == {"H5P.InteractiveBook 1.11": 1, "H5P.Table 1.1": 1, "H5P.GreetingCard 1.0": 1, "H5P.AppearIn 1.0": 1}


def test_the_files_of_translations_are_sorted_out_by_library() -> None:
    folder = Path(__file__).parents[2] / "h5p" / "translations" / "pl"
    assert {file.stem for file in folder.glob("*.json")} - {"every-library"} == set(OVERLAY) - {""}
