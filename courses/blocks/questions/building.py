"""Blocks built from the declaration of a form.

Blocks are made of Wagtail's own, and their wording is put on afterwards: a migration then holds what is stored and how
it is checked, but no label and no hint, so that a better wording makes no migration.
"""

from functools import singledispatch
from typing import Any

from django.utils.text import capfirst
from wagtail import blocks

from courses.questions.form import MAX_ROWS, Field, Form, Group, Line, Picture, RichText, Rows, Tick, Whole

from .base import RICH_TEXT, PlainImageBlock, QuestionBlock


def form_block(form: Form) -> QuestionBlock:
    """The block of one kind of question."""
    built = QuestionBlock(_children(form.fields))
    _word(built, label=capfirst(form.label), icon=form.icon)
    built.meta.description = form.description
    built.meta.preview_value = form.preview
    return built


@singledispatch
def _bare(field: Field) -> blocks.Block:
    """The block of one field, without its wording."""
    raise TypeError(field)


@_bare.register
def _(field: RichText) -> blocks.Block:
    return blocks.RichTextBlock(features=RICH_TEXT, **_required(field))


@_bare.register
def _(field: Line) -> blocks.Block:
    default = {"default": field.default} if field.default else {}
    return blocks.CharBlock(max_length=field.max_length, **default, **_required(field))


@_bare.register
def _(field: Whole) -> blocks.Block:
    return blocks.IntegerBlock(min_value=field.least, max_value=field.most, default=field.default, **_required(field))


@_bare.register
def _(field: Tick) -> blocks.Block:
    return blocks.BooleanBlock(**_required(field))


@_bare.register
def _(field: Picture) -> blocks.Block:
    image = PlainImageBlock(**_required(field))
    image.meta.collapsed = not field.required
    return image


@_bare.register
def _(field: Rows) -> blocks.Block:
    if isinstance(field.of, Group):
        row: blocks.Block = _word(
            blocks.StructBlock(_children(field.of.fields)), label=field.of.label, icon=field.of.icon
        )
    else:
        row = _block(field.of)
    bounds: dict[str, Any] = {"min_num": field.least} if field.least else {"default": [], **_required(field)}
    return blocks.ListBlock(row, max_num=MAX_ROWS, **bounds)


def _children(fields: Any) -> list[tuple[str, blocks.Block]]:
    return [(name, _block(field)) for name, field in fields.items()]


def _block(field: Field) -> blocks.Block:
    """The block of one field, with its label and its hint."""
    built = _word(_bare(field), label=field.label, icon=getattr(field, "icon", ""))
    if not field.help:
        return built
    if isinstance(built, blocks.RichTextBlock):
        built.field_options["help_text"] = field.help  # its field is made later
    elif isinstance(built, blocks.FieldBlock):
        built.field.help_text = field.help
    else:
        built.meta.help_text = field.help
    return built


def _word(built: Any, *, label: str, icon: str) -> Any:
    built.label = built.meta.label = label
    if icon:
        built.meta.icon = icon
    return built


def _required(field: Field) -> dict[str, bool]:
    """What a migration says only where it is not so as ever."""
    return {} if field.required else {"required": False}
