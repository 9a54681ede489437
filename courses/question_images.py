"""Images in questions: where the bank names an image, what is asked shows a picture with its address and its size.

An attempt keeps copies under names made of their content. They cost no query to show, and stay when the image in the
bank is changed or deleted.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from django.core.files.storage import default_storage
from django.utils.html import format_html
from wagtail.images import get_image_model
from wagtail.rich_text.rewriters import extract_attrs

from courses.questions import KINDS
from courses.questions.form import Field, Group, Picture, RichText, Rows

# As wide as a question gets on a screen, in a format that all supported browsers read.
RENDITION = "max-800x1600|format-webp"
FOLDER = "images/questions"  # below the folder of images, which is the one that is served

TAG = re.compile(r"<(embed|img)\b[^>]*>", re.IGNORECASE)

Data: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it; `width` and `height` are pixels."""

    src: str
    width: int
    height: int


Find: TypeAlias = Callable[[int], Shown | None]
Address: TypeAlias = Callable[[Any], str]


def frozen(questions: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Data]:
    """The data of these questions, by kind and data, with all images copied. No query without images, two with them."""
    return _rewritten(questions, _copied)


def shown(kind: str, data: Mapping[str, Any]) -> Data:
    """The data of a question with its images as they are now, for previews. Queries as `frozen`."""
    return _rewritten([(kind, data)], lambda rendition: str(rendition.url))[0]


def _rewritten(questions: Sequence[tuple[str, Mapping[str, Any]]], address: Address) -> list[Data]:
    wanted: list[int] = []
    for kind, data in questions:
        _walk(KINDS[kind].form.fields, data, wanted.append)
    found = _pictures(set(wanted), address) if wanted else {}
    return [_walk(KINDS[kind].form.fields, data, found.get) for kind, data in questions]


def _pictures(wanted: Iterable[int], address: Address) -> dict[int, Shown]:
    """The pictures that can be read, by the images' numbers."""
    pictures = {}
    for image in get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(RENDITION):
        try:
            rendition = image.get_rendition(RENDITION)
            pictures[image.pk] = Shown(address(rendition), rendition.width, rendition.height)
        except OSError:
            continue  # a lost file is no reason not to ask the question
    return pictures


def _copied(rendition: Any) -> str:
    """The address of a copy whose name is made of its content, so that there is one copy of each picture."""
    with rendition.file.open("rb") as file:
        name = f"{FOLDER}/{hashlib.sha256(file.read()).hexdigest()}.webp"
        if not default_storage.exists(name):
            file.seek(0)
            name = default_storage.save(name, file)
    return default_storage.url(name)


def _walk(fields: Mapping[str, Field], data: Mapping[str, Any], find: Find) -> Data:
    return {name: _value(fields.get(name), value, find) for name, value in data.items()}


def _value(field: Field | None, value: Any, find: Find) -> Any:
    if isinstance(field, RichText):
        return TAG.sub(lambda tag: _tag(tag[0], find), str(value or ""))
    if isinstance(field, Picture):
        return _picture(value, find)
    if isinstance(field, Rows) and isinstance(field.of, Group):
        fields = field.of.fields
        return [_walk(fields, row, find) if isinstance(row, Mapping) else row for row in value or []]
    return value


def _tag(tag: str, find: Find) -> str:
    """An image of the bank as a picture. Nothing else becomes one: whatever came with an address of its own goes.

    Of an image that is no longer there, its alternative text stays.
    """
    attributes = extract_attrs(tag)
    if not tag.startswith("<embed") or attributes.get("embedtype") != "image":
        return ""
    number, alt = str(attributes.get("id", "")), attributes.get("alt", "")
    picture = find(int(number)) if number.isdecimal() else None
    if picture is None:
        return format_html("[Obraz: {}]", alt) if alt else ""
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}">', picture.src, alt, picture.width, picture.height
    )


def _picture(value: Any, find: Find) -> Data | None:
    picture = find(value["image"]) if isinstance(value, Mapping) and value.get("image") else None
    if picture is None:
        return None
    return {**asdict(picture), "alt": "" if value.get("decorative") else value.get("alt_text") or ""}
