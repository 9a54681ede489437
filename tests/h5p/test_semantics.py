"""semantics.json as typed fields."""

from typing import Any

from hypothesis import given, settings

from h5p.semantics import Boolean, Group, LibraryChoice, ListOf, Media, Number, Select, Text, Unknown, parse_semantics

from .content import JSON


def test_each_type_becomes_a_field() -> None:
    fields = parse_semantics(
        [
            {
                "name": "a",
                "type": "text",
                "tags": ["B"],
                "maxLength": 9,
                "regexp": {"pattern": "^x$", "modifiers": "i"},
            },
            {"name": "b", "type": "number", "min": 1, "max": 5, "step": 0.5, "decimals": 1, "default": 2},
            {"name": "c", "type": "boolean", "optional": True},
            {"name": "d", "type": "select", "options": [{"value": "x"}, {"options": [{"value": "y"}]}]},
            {"name": "e", "type": "list", "max": 3, "field": {"name": "f", "type": "image"}},
            {"name": "g", "type": "group", "isSubContent": True, "fields": [{"name": "h", "type": "audio"}]},
            {"name": "i", "type": "library", "options": ["H5P.X 1.2", {"name": "H5P.Y 1.0"}]},
            {"name": "j", "type": "hologram"},
        ]
    )
    assert fields == (
        Text("a", tags=frozenset({"b"}), most_letters=9, pattern="^x$", modifiers="i"),
        Number("b", default=2, minimum=1, maximum=5, step=0.5, decimals=1),
        Boolean("c", optional=True),
        Select("d", options=("x", "y")),
        ListOf("e", item=Media("f", kind="image"), most=3),
        Group("g", fields=(Media("h", kind="audio"),), is_sub_content=True),
        LibraryChoice("i", options=("H5P.X 1.2", "H5P.Y 1.0")),
        Unknown("j"),
    )


def test_only_a_group_of_one_field_that_is_no_sub_content_is_stored_as_its_field() -> None:
    one = Text("a")
    assert Group("g", fields=(one,)).only_field == one
    assert Group("g", fields=(one,), is_sub_content=True).only_field is None
    assert Group("g", fields=(one, Text("b"))).only_field is None


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_no_json_makes_it_raise(data: Any) -> None:
    parse_semantics(data)
    parse_semantics([data, {"type": "group", "fields": data}, {"type": "list", "field": data}, {"type": data}])


def test_endless_nesting_ends() -> None:
    field: dict[str, Any] = {"type": "text"}
    for _level in range(900):
        field = {"type": "list", "field": field}
    assert len(parse_semantics([field])) == 1
