"""Parameters made to fit their semantics; nothing that a learner needs is lost."""

import copy
import html
import json
import time
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from h5p.filtering import filter_params, safe_path
from h5p.patterns import LONGEST_TEXT, safe_pattern

from .content import JSON, PACKAGES, finder, library, real_contents
from .test_markup import VECTORS, Elements

UUID = "d2a1b4c0-1111-4222-8333-0123456789ab"


def filtered(value: Any, **semantics: Any) -> Any:
    """What becomes of one value; None if it goes."""
    return filter_params({"a": value}, library({"name": "a", **semantics}), finder()).get("a")


@pytest.mark.parametrize(
    ("semantics", "value", "expected"),
    [
        ({"type": "text"}, "<b>a</b>", "&lt;b&gt;a&lt;/b&gt;"),
        ({"type": "text", "tags": ["b"]}, "<b>a</b><u>c</u>", "<b>a</b>c"),
        ({"type": "text"}, 5, "5"),
        ({"type": "text"}, ["x"], ""),
        ({"type": "text", "maxLength": 3}, "abcdef", "abc"),
        ({"type": "text", "maxLength": 7}, "ab&cd", "ab&amp;"),
        ({"type": "text", "regexp": {"pattern": "^[0-9]+$"}}, "12", "12"),
        ({"type": "text", "regexp": {"pattern": "^[0-9]+$"}}, "x", ""),
        ({"type": "text", "regexp": {"pattern": "^(a+)+$"}}, "x", "x"),
        ({"type": "number", "min": 1, "max": 5}, 9, 5),
        ({"type": "number", "min": 1, "max": 5}, 0, 1),
        ({"type": "number", "step": 0.1}, 0.3, 0.3),
        ({"type": "number", "min": 1, "step": 2}, 4, 3),
        ({"type": "number", "decimals": 1}, 1.26, 1.3),
        ({"type": "number"}, "7", "7"),
        ({"type": "number"}, "seven", 0),
        ({"type": "boolean"}, True, True),
        ({"type": "boolean"}, "yes", False),
        ({"type": "select", "options": [{"value": "x"}, {"value": "y"}]}, "y", "y"),
        ({"type": "select", "options": [{"value": "x"}, {"value": "y"}]}, "z", "x"),
        ({"type": "select", "options": [{"options": [{"value": "y"}]}]}, "y", "y"),
        ({"type": "select", "options": [{"value": "x"}], "optional": True}, "", ""),
        ({"type": "select", "options": [{"value": "x"}], "multiple": True}, ["x", "z"], ["x"]),
        ({"type": "list", "max": 2, "field": {"type": "text"}}, ["a", "b", "c"], ["a", "b"]),
        ({"type": "list", "field": {"type": "text"}}, [], None),
        ({"type": "list", "field": {"type": "text"}}, {"0": "a"}, None),
        ({"type": "group", "fields": [{"name": "b", "type": "text"}]}, "x", "x"),
        ({"type": "group", "fields": [{"name": "b", "type": "text"}]}, {"b": "x"}, "x"),
        ({"type": "hologram"}, {"b": ["<script>1</script>x"]}, {"b": ["x"]}),
    ],
)
def test_values_are_made_to_fit(semantics: dict[str, Any], value: Any, expected: Any) -> None:
    assert filtered(value, **semantics) == expected


def test_unknown_keys_go_and_sub_content_keeps_its_id() -> None:
    fields = [{"name": "b", "type": "text"}]
    value = {"b": "x", "c": "y", "subContentId": UUID}
    assert filtered(value, type="group", fields=fields, isSubContent=True) == {"b": "x", "subContentId": UUID}
    assert filtered(value, type="group", fields=[*fields, {"name": "d", "type": "text"}]) == {"b": "x"}


def test_an_id_that_is_no_uuid_becomes_one_that_stays_the_same() -> None:
    fields = [{"name": "b", "type": "text"}]
    first = filtered({"b": "x", "subContentId": "17-xyz"}, type="group", fields=fields, isSubContent=True)
    again = filtered(first, type="group", fields=fields, isSubContent=True)
    assert first == again
    assert len(first["subContentId"]) == len(UUID)


@pytest.mark.parametrize("options", [["H5P.Inner 1.2"], [{"name": "H5P.Inner 1.2"}], ["H5P.Inner 1.9"], []])
def test_nested_contents_are_filtered_by_their_own_semantics(options: list[Any]) -> None:
    outer = library({"name": "a", "type": "library", "options": options, "extraAttributes": ["kind"]})
    inner = library({"name": "b", "type": "text"}, name="H5P.Inner 1.2")
    nested = {"library": "H5P.Inner 1.2", "params": {"b": "<i>", "c": 1}, "subContentId": UUID, "kind": "x", "z": 1}
    assert filter_params({"a": nested}, outer, finder(inner)) == {
        "a": {"library": "H5P.Inner 1.2", "params": {"b": "&lt;i&gt;"}, "subContentId": UUID, "kind": "x"}
    }


@pytest.mark.parametrize("options", [["H5P.Inner 1.2"], ["H5P.Inner 1.22"]])
def test_a_nested_content_is_never_emptied_because_its_library_is_missing(options: list[str]) -> None:
    outer = library({"name": "a", "type": "library", "options": options})
    nested = {"library": "H5P.Inner 1.2", "params": {"b": ["<p onclick=1>Treść</p>"], "n": 1}}
    assert filter_params({"a": nested}, outer, finder()) == {
        "a": {"library": "H5P.Inner 1.2", "params": {"b": ["<p>Treść</p>"], "n": 1}}
    }


@pytest.mark.parametrize("nested", [{"library": "H5P.Other 1.0"}, {"library": 5}, {"library": "../x"}, "x", {}])
def test_what_does_not_belong_into_a_place_goes(nested: Any) -> None:
    assert filtered(nested, type="library", options=["H5P.Inner 1.2"]) is None


def test_files_keep_what_players_need() -> None:
    image = {"path": "../12/images/a.png#tmp", "mime": "image/png", "width": 3, "copyright": {"title": "T"}, "x": 1}
    assert filtered(image, type="image") == {
        "path": "images/a.png",
        "mime": "image/png",
        "width": 3,
        "copyright": {"title": "T"},
    }
    film = [{"path": "https://youtu.be/x?a=1&b=2", "mime": "video/YouTube", "quality": {"level": 1}}]
    assert filtered(film, type="video") == film
    assert filtered([{"mime": "x"}], type="video") is None


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("images/a.png", "images/a.png"),
        ("../../editor/a.png", "a.png"),
        ("https://example.org/a.mp4", "https://example.org/a.mp4"),
        ('a".png', "a%22.png"),
        ("../../../etc/passwd", None),
        ("..\\x", None),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        (5, None),
    ],
)
def test_paths_lead_into_the_content_or_to_the_web(path: Any, kept: str | None) -> None:
    assert safe_path(path) == kept


SEMANTICS: tuple[dict[str, Any], ...] = (
    {"name": "t", "type": "text", "maxLength": 20},
    {"name": "h", "type": "text", "tags": ["a", "table", "img", "script"], "maxLength": 60},
    {"name": "n", "type": "number", "min": -3, "max": 77.7, "step": 0.7, "decimals": 1},
    {"name": "m", "type": "number", "step": 1 / 3},
    {"name": "s", "type": "select", "options": [{"value": "x"}], "optional": True},
    {"name": "o", "type": "select", "multiple": True},
    {"name": "f", "type": "group", "fields": [{"name": "t", "type": "text", "tags": []}]},
    {"name": "l", "type": "list", "field": {"type": "group", "fields": [{"name": "t", "type": "text"}]}},
    {"name": "i", "type": "image"},
    {"name": "v", "type": "video"},
    {"name": "u", "type": "whatever"},
    {"name": "c", "type": "library", "options": ["H5P.Thing 1.2", "H5P.Gone 1.0"]},
)
PART = JSON | st.sampled_from(VECTORS) | st.sampled_from(["javascript:alert(1)", " \tJavaScript:x", "<x>javascript:x"])
FILE = st.fixed_dictionaries({"path": PART}, optional={"copyright": PART, "width": PART, "originalImage": PART})
VALUES = st.recursive(
    PART | FILE | st.lists(FILE, max_size=2),
    lambda inner: (
        st.dictionaries(st.sampled_from([one["name"] for one in SEMANTICS]), inner, max_size=5)
        | st.fixed_dictionaries(
            {"library": st.sampled_from(["H5P.Thing 1.2", "H5P.Gone 1.0", "H5P.Thing 1.9"]), "params": inner},
            optional={"subContentId": PART, "metadata": inner},
        )
        | st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)
PARAMS = st.dictionaries(st.sampled_from([one["name"] for one in SEMANTICS]), VALUES)


def strings(value: Any) -> list[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value] if isinstance(value, str) else [text for one in inner for text in strings(one)]


@settings(max_examples=200, deadline=None)
@given(PARAMS | JSON)
def test_filtering_is_stable_harmless_and_leaves_the_original_alone(params: Any) -> None:
    thing = library(*SEMANTICS)
    before = copy.deepcopy(params)
    once = filter_params(params, thing, finder(thing))
    assert params == before
    assert filter_params(once, thing, finder(thing)) == once
    for text in strings(once):
        assert Elements(text).found == []
    paths = strings(once.get("i")) + strings(once.get("v")) + strings(once.get("u"))
    assert not [path for path in paths if path.strip().lower().startswith("javascript:")]


@settings(max_examples=200, deadline=None)
@given(JSON, JSON)
def test_no_semantics_and_no_parameters_make_it_raise(semantics: Any, params: Any) -> None:
    strange = library(semantics, {"name": "a", "type": "group", "fields": semantics}, {**SEMANTICS[2], "step": 0})
    json.dumps(filter_params({"a": params, "n": params}, strange, finder()))
    filter_params(params, strange, finder())


ODD = st.sampled_from([float("inf"), float("-inf"), float("nan"), "\ud800", "\udfff<b>x", "\0", 10**4000])
ODD_JSON = st.recursive(
    ODD,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["path", "library", "params", "subContentId", "\ud800", "<i>"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(ODD_JSON, st.sampled_from([one["type"] for one in SEMANTICS]))
def test_numbers_and_letters_that_are_none_come_out_as_json_for_every_reader(value: Any, kind: str) -> None:
    """Python reads 1e999 and half letters from JSON; databases and browsers do not."""
    every = library(*SEMANTICS)
    params: dict[str, Any] = {one["name"]: value for one in SEMANTICS}
    params |= {"i": {"path": value, "width": value}, "v": [{"path": "a.mp4", "quality": value}]}
    params["c"] = {"library": "H5P.Thing 1.2", "params": {"t": "x"}, "subContentId": "\ud800", "metadata": value}
    once = filter_params(params, every, finder(every))
    json.dumps(once, allow_nan=False, ensure_ascii=False).encode()
    assert filter_params(once, every, finder(every)) == once
    assert filtered(value, type=kind) == filtered(filtered(value, type=kind), type=kind)


def test_keys_of_strangers_hold_no_elements_and_are_otherwise_as_they_were() -> None:
    value = {"<script>1</script>": 1, "it's & that": 2}
    assert filtered(value, type="hologram") == {"&lt;script&gt;1&lt;/script&gt;": 1, "it's & that": 2}


def test_very_deep_parameters_end_instead_of_raising() -> None:
    thing = library(*SEMANTICS)
    deep: Any = "x"
    for _level in range(400):
        deep = {"c": {"library": "H5P.Thing 1.2", "params": deep}}
    assert "c" in filter_params(deep, thing, finder(thing))


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*$",
        "a*a*a*a*$",
        "(a?){50}$",
        "a{0,99}a{0,99}a{0,99}$",
        "(?=a+)+$",
        "(a)\\1*",
        "(a|a)" * 38,
        "(?:a|aa)" * 20,
        "(|a)" * 20 + "b",
        "((a|a)|(a|a))" * 8 + "b",
        "^" + "(a|a)" * 15 + "b",
        "a?a?a?a?a?a?a*b",
        "(a?)?(a?)?(a?)?a*b",
        "a" * 300,
        "(",
        "[",
        "{",
    ],
)
def test_patterns_that_could_take_long_are_ignored(pattern: str) -> None:
    assert safe_pattern(pattern) is None
    assert filtered("b" + "a" * 200 + "!", type="text", regexp={"pattern": pattern}) == "b" + "a" * 200 + "!"


@pytest.mark.parametrize(
    "pattern",
    [
        "^a*b$",
        "a*b",
        "[a-z]+[0-9]$",
        "a{1,}b",
        "(a|a)" * 4 + "b",
        "^(a|a)?(a|a)?(a|a)?(a|a)?a*b",
        "^((a|aa)|(a|aa))((a|aa)|(a|aa))[ab]*c",
        "^a?a?a?a?a?a?a?a?b",
    ],
)
def test_patterns_that_are_run_are_quick(pattern: str) -> None:
    started = time.process_time()
    assert filtered("a" * 255, type="text", regexp={"pattern": pattern}) == ""
    assert time.process_time() - started < 0.1


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*"ab^$|()?*+", "(a|a)", "(?:", "a?", "[ab]", "a*", "{0,50}", "(|a)"]), max_size=60))
def test_no_mixture_of_parts_makes_a_pattern_slow(parts: list[str]) -> None:
    pattern = safe_pattern("".join(parts))
    if pattern is not None:
        started = time.process_time()
        pattern.search("a" * LONGEST_TEXT)
        assert time.process_time() - started < 0.1


def test_a_pattern_that_may_begin_at_each_line_counts_as_one_that_begins_anywhere() -> None:
    pattern = "^(a|a)?(a|a)?(a|a)?(a|a)?a*b"
    assert safe_pattern(pattern) is not None
    assert safe_pattern(pattern, "m") is None


def test_the_pattern_of_a_real_library_is_used() -> None:
    dates = r"^-?\d{1,}(,(1[012]|[0]?[1-9])(,([12][0-9]|3[01]|[0]?[1-9]))?)?$"
    assert filtered("2026,11,23", type="text", regexp={"pattern": dates}) == "2026,11,23"
    assert filtered("soon", type="text", regexp={"pattern": dates}) == ""


MANY = 20_000


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"type": "select", "options": [{"value": f"x{number}"} for number in range(MANY)]}, "x1"),
        ({"type": "library", "options": [f"H5P.A{number} 1.0" for number in range(MANY)]}, {"library": "H5P.A1 1.0"}),
        ({"type": "group", "fields": [{"name": f"f{number}", "type": "text"} for number in range(MANY)]}, {}),
        ({"type": "text", "tags": [f"t{number}" for number in range(MANY)]}, "<b>"),
        ({"type": "text", "regexp": {"pattern": "^" + "(a|a)" * 8 + "b"}}, "a" * 16),
    ],
    ids=["options", "libraries", "fields", "tags", "pattern"],
)
def test_long_lists_with_much_to_choose_from_take_the_sum_and_not_the_product(rule: Any, value: Any) -> None:
    thing = library({"name": "a", "type": "list", "field": {"name": "b", **rule}})
    started = time.process_time()
    filter_params({"a": [value] * MANY}, thing, finder())
    assert time.process_time() - started < 5


def changes(old: Any, new: Any, name: str = "") -> list[tuple[str, Any, Any]]:
    """Each place where two values differ: key, old and new value."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [one for key in {**old, **new} for one in changes(old.get(key), new.get(key), key)]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [one for left, right in zip(old, new, strict=True) for one in changes(left, right, name)]
    return [] if old == new else [(name, old, new)]


# A generator of contents writes keys that the semantics of the content types have under other names, or not at all.
INVENTED = {"points", "occurrences", "feedbackIncluded", "feedbackMissed"}
INVENTED |= {"messageSaving", "messageSubmitted", "messageSubmitting"}


@pytest.mark.skipif(
    not PACKAGES.exists(),
    reason="real packages are not part of the project: put them beside it, in shared/h5p-packages",
)
def test_real_contents_come_through_but_for_signs_ids_and_invented_keys() -> None:
    """What editors of H5P wrote is unchanged to the letter. In the work of generators signs are escaped or written
    out (`"` and `&#039;`), ids become UUIDs, and keys that no library knows go; nothing that a learner reads is lost.
    """
    changed = {}
    for name, package, main, find in real_contents():
        once = filter_params(package.params, main, find)
        assert filter_params(once, main, find) == once
        if found := changes(package.params, once):
            changed[name] = found
    assert set(changed) == {"clicreator__comprehensive-demo.h5p"}
    for key, old, new in changed["clicreator__comprehensive-demo.h5p"]:
        if key == "subContentId":
            assert uuid.UUID(new)
        elif new is None:
            assert key in INVENTED
        else:
            assert html.unescape(html.unescape(old)) == html.unescape(html.unescape(new))
