"""One item of a file on its way to a question of ours."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename
from typing import Any
from urllib.parse import unquote

from courses.questions import KINDS, InvalidQuestion, load
from courses.questions.base import words
from courses.questions.form import Field, Group, Line, Rows

from . import images
from .base import IMAGE, MAX_CATEGORY, MAX_TAG, MAX_TITLE, Effect, Found, Image, LeftOut, Problem
from .rich_text import clean, one_line, plain

CRITERION = "Ocena całej odpowiedzi"
TITLE_FROM_TEXT = 60  # characters: a line of the list of questions

TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")
MARKS = re.compile(r"<(?:a|b|i|ul|ol)\b")


class Draft:
    """Collects the texts of one item, its images, and what could not be kept.

    `tags` are those of the item. `files` are the contents that its texts may refer to, by name.
    """

    def __init__(self, place: str, kind: str, files: Mapping[str, bytes] | None = None) -> None:
        self.place = place
        self.kind = kind
        self.files = dict(files or {})
        self.tags: list[str] = []
        self.notes: list[str] = []
        self.images: list[Image] = []

    def changed(self, reason: str) -> None:
        """Note what of the item is not as it was."""
        if reason not in self.notes:
            self.notes.append(reason)

    def rich(self, source: str) -> str:
        """Any HTML as our rich text, its images collected."""
        cleaned = clean(source, self._image)
        for note in cleaned.notes:
            self.changed(note)
        return cleaned.html

    def plain(self, source: str) -> str:
        """Any HTML as one line of text, for the places of a question that have no marks."""
        before = len(self.images)
        cleaned = self.rich(source)
        text = plain(images.addressed(cleaned, {}))
        if len(self.images) > before:
            del self.images[before:]
            if not text:
                raise LeftOut("Odpowiedź jest obrazem bez opisu, a nasze odpowiedzi są tekstem.")
            self.changed("Obraz w odpowiedzi zastąpiono jego opisem.")
        self._note_marks(cleaned)
        return text

    def option(self, source: str) -> tuple[str, dict[str, str] | None]:
        """Any HTML as an option: its text and its image {src, alt}. Of an image alone, the description is the text."""
        cleaned = self.rich(source)
        self._note_marks(cleaned)
        pictures = list(IMAGE.finditer(cleaned))
        if len(pictures) > 1:
            raise LeftOut("Odpowiedź ma kilka obrazów. U nas może mieć jeden.")
        text = plain(IMAGE.sub("", cleaned))
        if not pictures:
            return text, None
        alt = html.unescape(pictures[0][2])
        if not text and not alt:
            raise LeftOut("Odpowiedź jest obrazem bez opisu.")
        return text or alt, {"src": pictures[0][1], "alt": alt if text else ""}

    def with_gaps(self, source: str, gaps: list[list[str]]) -> str:
        """Rich text in which the tokens `gap_token(0)`, ... become gaps with these accepted words, the key first."""
        if "{{" in source or "}}" in source:
            raise LeftOut("Treść zawiera podwójny nawias klamrowy, którym u nas zaznacza się luki.")
        return TOKEN.sub(lambda found: _gap(gaps[int(found[1])]), self.rich(source))

    def criteria(self, rows: list[dict[str, Any]], points: int = 1) -> list[dict[str, Any]]:
        """The criteria of a written answer; one for all the points where the file has none."""
        if rows:
            return rows
        self.changed(f"Dodano kryterium „{CRITERION}”, bo każda odpowiedź opisowa musi mieć kryteria.")
        return [{"text": CRITERION, "points": points}]

    def question(
        self, kind: str, title: str, data: Mapping[str, Any], category: tuple[str, ...] = ()
    ) -> Iterator[Found | Problem]:
        """The question and what was changed. Raises `LeftOut` with what the kind itself has against the data."""
        for line, limit in _too_long(KINDS[kind].form.fields, data):
            raise LeftOut(f"„{line[:40]}…” jest za długie. Może mieć najwyżej {limit} znaków.")
        try:
            load(kind, data)
        except InvalidQuestion as error:
            raise LeftOut(" ".join(error.errors.values())) from None
        if any(len(level) > MAX_CATEGORY for level in category):
            self.changed(f"Skrócono nazwę kategorii do {MAX_CATEGORY} znaków.")
        found = Found(
            kind=kind,
            title=self._title(title, str(data["text"])),
            data=data,
            category=tuple(level[:MAX_CATEGORY] for level in category),
            tags=self._tags(),
            place=self.place,
            images=tuple(self.images),
        )
        yield found
        yield from (Problem(self.place, self.kind, note, Effect.CHANGED) for note in self.notes)

    def left_out(self, reason: str) -> Problem:
        """The problem of an item that makes no question."""
        return Problem(self.place, self.kind, reason, Effect.LEFT_OUT)

    def _note_marks(self, cleaned: str) -> None:
        if MARKS.search(cleaned):
            self.changed("Odpowiedzi straciły pogrubienia, kursywę, listy lub odnośniki.")

    def _title(self, title: str, text: str) -> str:
        title = one_line(title) or words(TOKEN.sub("", text))[:TITLE_FROM_TEXT].strip() or "Pytanie"
        if len(title) > MAX_TITLE:
            self.changed(f"Skrócono nazwę pytania do {MAX_TITLE} znaków.")
        return title[:MAX_TITLE].strip()

    def _tags(self) -> tuple[str, ...]:
        tags = list(dict.fromkeys(tag for tag in map(one_line, self.tags) if tag))
        if any(len(tag) > MAX_TAG for tag in tags):
            self.changed(f"Pominięto tagi dłuższe niż {MAX_TAG} znaków.")
        return tuple(tag for tag in tags if len(tag) <= MAX_TAG)

    def _image(self, address: str, alt: str) -> str | None:
        content = images.from_data(address)
        name = basename(unquote(address)) if content is None else "obraz"
        if content is None:
            content = self.files.get(unquote(address), self.files.get(name))
        media_type = images.media_type(content or b"")
        if content is None or not media_type or len(content) > images.MAX_IMAGE:
            self.changed(f"Pominięto obraz {name[:80]}: {_why(content, media_type)}.")
            return None
        known = next((image for image in self.images if image.content == content and image.alt == alt), None)
        image = known or Image(f"exchange:{len(self.images) + 1}", name, alt, content, media_type)
        if known is None:
            self.images.append(image)
        return f'<img src="{image.source}" alt="{html.escape(one_line(alt))}"/>'


def gap_token(number: int) -> str:
    """What stands for a gap in HTML until the HTML is clean."""
    return f"\ufdd0{number}\ufdd1"


def _gap(accepted: list[str]) -> str:
    words_of_gap = [one_line(word) for word in accepted]
    if any(set("{}|") & set(word) for word in words_of_gap):
        raise LeftOut("Odpowiedź w luce zawiera znak {, } albo |, którego luka nie przyjmuje.")
    return "{{" + "|".join(html.escape(word, quote=False) for word in dict.fromkeys(words_of_gap)) + "}}"


def _why(content: bytes | None, media_type: str) -> str:
    if content is None:
        return "nie ma go w pliku"
    return "jest za duży" if media_type else "to nie jest PNG, JPEG, GIF ani WebP"


def _too_long(fields: Mapping[str, Field], data: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The lines that do not fit into the editor's fields, with the characters that would."""
    for name, field in fields.items():
        if isinstance(field, Line) and len(str(data.get(name) or "")) > field.max_length:
            yield str(data[name]), field.max_length
        elif isinstance(field, Rows):
            yield from _too_long_rows(field.of, data.get(name) or ())


def _too_long_rows(row: Line | Group, values: Iterable[Any]) -> Iterator[tuple[str, int]]:
    for value in values:
        if isinstance(row, Group):
            yield from _too_long(row.fields, value)
        elif len(str(value)) > row.max_length:
            yield str(value), row.max_length
