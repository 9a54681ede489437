"""Questions of the bank as files that other platforms read."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.conf import settings
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.rewriters import extract_attrs

from courses import exchange
from courses.exchange import Format, Found, Image, Written
from courses.models import Question
from courses.question_images import TAG

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}


def write(questions: Iterable[Question], format: Format) -> Written:
    """The questions, with their images, as one file. Queries: those of the questions, and one for the images."""
    return exchange.write(found(questions), format)


def found(questions: Iterable[Question], *, rendition: str = "") -> list[Found]:
    """The questions as plain data with their images, which are those of the bank, or of this `rendition`.

    Queries: those of the questions, one for the images, one for renditions.
    """
    questions = list(questions)
    images = _images(questions, rendition)
    return [_found(question, images, rendition) for question in questions]


def _found(question: Question, stored: Mapping[int, Any], rendition: str) -> Found:
    used: dict[int, Image] = {}

    def source(number: int, alt: str) -> str | None:
        if number not in stored:
            return None
        if number not in used:
            try:
                picture = stored[number].get_rendition(rendition) if rendition else stored[number]
                used[number] = _read(picture, alt, source=f"exchange:{len(used) + 1}")
            except OSError:
                return None  # a lost file is no reason not to have the question; its description stays
        return used[number].source

    data = {name: _plain(value, source) for name, value in question.data.items()}
    return Found(
        kind=question.kind,
        title=question.title,
        data=data,
        category=(question.category.name,),
        tags=tuple(link.tag.name for link in question.tagged_items.all()),
        place=str(question.pk),
        images=tuple(used.values()),
    )


# A link as rich text keeps it: to a page or a document by its number.
LINK = re.compile(r"<a\b[^>]*linktype=[^>]*>")
LOCAL = re.compile(r'href="/')

Source = Callable[[int, str], "str | None"]


def _plain(value: Any, source: Source) -> Any:
    """Data of the bank with its images named as files of their own; the ids of rows mean nothing elsewhere."""
    if isinstance(value, str):
        return plain_links(TAG.sub(lambda tag: _tag(tag[0], source), value))
    if isinstance(value, Mapping):
        if value.get("image") and not isinstance(value["image"], Mapping):  # an option holds its image as a mapping
            alt = "" if value.get("decorative") else str(value.get("alt_text") or "")
            name = source(int(value["image"]), alt)
            return {"src": name, "alt": alt} if name else None
        return {name: _plain(part, source) for name, part in value.items() if name != "id"}
    if isinstance(value, list):
        return [_plain(part, source) for part in value]
    return value


def _tag(tag: str, source: Source) -> str:
    attributes = extract_attrs(tag)
    number, alt = str(attributes.get("id", "")), str(attributes.get("alt", ""))
    name = source(int(number), alt) if number.isdecimal() else None
    return f'<img src="{name}" alt="{escape(alt)}"/>' if name else escape(alt)


def plain_links(rich_text: str) -> str:
    """Rich text whose links to our own pages and documents are addresses."""
    return LINK.sub(_link, rich_text)


def _link(found: re.Match[str]) -> str:
    """A link to a page of ours as an address that works elsewhere; one that leads nowhere keeps its words."""
    opened = expand_db_html(f"{found[0]}</a>").removesuffix("</a>")
    return LOCAL.sub(rf'href="{settings.BASE_URL}/', opened)


def _images(questions: list[Question], rendition: str) -> dict[int, Any]:
    numbers: set[int] = set()

    def note(number: int, _alt: str) -> None:
        numbers.add(number)

    for question in questions:
        _plain(question.data, note)
    images = get_image_model().objects.all()
    if rendition:
        images = images.prefetch_renditions(rendition)
    return images.in_bulk(numbers) if numbers else {}


def _read(picture: Any, alt: str, *, source: str) -> Image:
    """An image or a rendition of one, with its bytes."""
    name = picture.file.name.rpartition("/")[2]
    media_type = MEDIA_TYPES.get(name[name.rfind(".") :].lower(), "application/octet-stream")
    with picture.file.open("rb") as file:
        return Image(source=source, name=name, alt=alt, content=file.read(), media_type=media_type)
