"""What generated contents leave out is filled in; content is never invented."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings

from h5p.defaults import MOST_FIELDS, with_defaults

from .content import JSON, PACKAGES, finder, library, real_contents

FIELDS: list[dict[str, Any]] = [
    {"name": "label", "type": "text", "default": "Check"},
    {"name": "count", "type": "number", "default": 3},
    {"name": "wrong", "type": "number", "default": "three"},
    {"name": "on", "type": "boolean", "default": True},
    {"name": "kind", "type": "select", "options": [{"value": "x"}], "default": "x"},
    {"name": "plain", "type": "text"},
]
OTHERS: tuple[dict[str, Any], ...] = (
    {"name": "rows", "type": "list", "default": ["a"], "field": {"type": "group", "fields": FIELDS}},
    {"name": "picture", "type": "image"},
    {"name": "inner", "type": "library", "options": ["H5P.Thing 1.2"]},
)
FILLED = {"label": "Check", "count": 3, "on": True, "kind": "x"}
THING = library(*FIELDS, {"name": "behaviour", "type": "group", "fields": FIELDS}, *OTHERS)


def test_missing_single_values_and_groups_are_filled() -> None:
    assert with_defaults({}, THING, finder()) == {**FILLED, "behaviour": FILLED}


def test_what_is_there_stays_even_if_empty_or_false() -> None:
    params = {"label": "", "count": 0, "on": False, "kind": "y", "behaviour": {"label": "Go"}, "more": 1}
    assert with_defaults(params, THING, finder()) == {**params, "behaviour": {**FILLED, "label": "Go"}}


def test_parts_of_lists_and_nested_contents_are_filled_but_none_are_invented() -> None:
    params = {"rows": [{"count": 1}], "inner": {"library": "H5P.Thing 1.2", "params": {"rows": []}}}
    filled = with_defaults(params, THING, finder(THING))
    assert filled["rows"] == [{**FILLED, "count": 1}]
    assert filled["inner"]["params"] == {**FILLED, "behaviour": FILLED, "rows": []}
    assert with_defaults(params, THING, finder())["inner"] == params["inner"]


def test_a_group_of_one_field_is_filled_with_the_value_of_the_field() -> None:
    thing = library({"name": "texts", "type": "group", "fields": FIELDS[:1]})
    assert with_defaults({}, thing, finder()) == {"texts": "Check"}


def test_a_long_list_of_large_groups_does_not_grow_beyond_all_memory() -> None:
    fields = [{"name": f"f{number}", "type": "text", "default": "x"} for number in range(1_000)]
    thing = library({"name": "rows", "type": "list", "field": {"type": "group", "fields": fields}})
    rows = with_defaults({"rows": [{}] * 20_000}, thing, finder())["rows"]
    assert len(rows) == 20_000
    assert len(rows[0]) == 1_000
    assert sum(map(len, rows)) <= MOST_FIELDS


@settings(max_examples=200, deadline=None)
@given(JSON, JSON)
def test_nothing_makes_it_raise_or_change_its_input(params: Any, semantics: Any) -> None:
    before = copy.deepcopy(params)
    once = with_defaults(params, THING, finder(THING))
    assert params == before
    assert with_defaults(once, THING, finder(THING)) == once
    with_defaults({"rows": params, "inner": params}, library(*OTHERS, semantics), finder(THING))


@pytest.mark.skipif(
    not PACKAGES.exists(),
    reason="real packages are not part of the project: put them beside it, in shared/h5p-packages",
)
def test_real_contents_keep_all_they_have() -> None:
    for name, package, main, find in real_contents():
        assert keeps(package.params, with_defaults(package.params, main, find)), name


def keeps(old: Any, new: Any) -> bool:
    """Whether all of the old is in the new. An empty value (null) may have got one."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(keeps(value, new.get(key)) for key, value in old.items())
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(keeps, old, new))
    return bool(old == new) or old is None
