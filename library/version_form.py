"""What the editor of a version is told before it is saved or published; its number, title and address are ours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from library import numbering, plain_files, proposals, publishing, stored, streams
from library.marked import reading
from library.marked.faults import Refused
from library.marked.reading import Marked, Mistake
from library.plain_files import Unfit
from library.problems import Problem
from library.proposals import Merged
from library.publishing import Obstacle, Offer

ACCEPTED = ",".join(f".{extension}" for extension in settings.WAGTAILDOCS_EXTENSIONS)
ONLY_WORD = "Plik ze znacznikami musi być dokumentem programu Word (.docx)."
NO_EXPIRY = "Wersji nie wycofuje się w\xa0wybranym dniu: zastępuje ją następna. Zostaw to pole puste."
NO_SCHEDULE = "Ta wersja jest już ogłoszona. Zacznie obowiązywać w\xa0dniu „stan prawny na”. Zostaw to pole puste."


class VersionPageForm(WagtailAdminPageForm):
    """The fields of a version, checked together. A draft may lack anything; a file that is given has to be right."""

    upload = forms.FileField(
        label="Plik",
        required=False,
        max_length=150,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="Najwyżej 20\xa0MB. Plik Word ze znacznikami musi mieć format .docx.",
        error_messages={"empty": plain_files.EMPTY},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Bytes and name of a file that is to be kept; what a marked file asks for; what the editor is told afterwards.
        self.given: tuple[bytes, str] | None = None
        self.marked: Marked | None = None
        self.told: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk is None and self.parent_page is not None:
            numbering.name(self.instance, numbering.next_number(self.parent_page))
        self.check_schedule()
        if cleaned.get("source") != "structured" and "upload" not in self.errors:
            self.take_file(cleaned.get("upload"))
        if self.is_to_be_published:
            self.check_offer()
        return cleaned

    @property
    def is_to_be_published(self) -> bool:
        """Whether the version is on its way to the public: not when a draft is saved or moderation sends it back."""
        if self.is_deferred_validation or self.data.get("action-cancel-workflow"):
            return False
        decides = self.data.get("action-workflow-action")
        return not (decides and self.data.get("workflow-action-name") == "reject")

    def check_schedule(self) -> None:
        """What is announced takes effect on its day; the clock neither changes nor removes it."""
        if self.cleaned_data.get("expire_at"):
            self.add_error("expire_at", NO_EXPIRY)
        if self.instance.live and self.cleaned_data.get("go_live_at"):
            self.add_error("go_live_at", NO_SCHEDULE)

    def take_file(self, upload: UploadedFile | None) -> None:
        """Read the file that was given, or the kept one where it is needed again, or say at the field why not."""
        if upload is not None and (upload.size or 0) > plain_files.LARGEST:
            self.add_error("upload", plain_files.TOO_LARGE)
            return
        kept = self.instance.file
        if upload is not None:
            content, name = upload.read(), upload.name or ""
        elif kept is not None and self.needs_reading():
            content, name = stored.content_of(kept), kept.name
        else:
            return
        try:
            if self.cleaned_data.get("source") == "marked":
                self.take_marked(content, name)
            else:
                plain_files.check(content, name, tuple(settings.WAGTAILDOCS_EXTENSIONS))
        except (Refused, Unfit) as error:
            self.add_error("upload", str(error))
        if upload is not None:
            self.given = content, name

    def needs_reading(self) -> bool:
        """Whether the kept file is read again: for publishing, for an empty form, or as another kind of file."""
        if self.cleaned_data.get("source") != "marked":
            return False
        return self.is_to_be_published or "source" in self.changed_data or not self.cleaned_data.get("form_fields")

    def take_marked(self, content: bytes, name: str) -> None:
        """Fields for a file with marks. Raises `Refused`, `Unfit`."""
        if plain_files.extension_of(name) != "docx":
            raise Unfit(ONLY_WORD)
        found = reading.read(content)
        if found.mistakes:
            self.add_error("upload", _by_place(found.mistakes))
            return
        self.marked = found
        if "form_fields" in self.errors:
            return
        kept = streams.fields_of(_stream(self.cleaned_data.get("form_fields")))
        if kept and not self.cleaned_data.get("upload"):
            return
        result = proposals.merged(kept, found.fields)
        if result.added or result.vanished:
            block = self.fields["form_fields"].block
            self.cleaned_data["form_fields"] = block.to_python(streams.written(result.fields))
        self.told = tuple(_told(result, is_new=not kept))

    def check_offer(self) -> None:
        """Say at the fields, and inside the content at its blocks, what is in the way of publishing."""
        cleaned, source = self.cleaned_data, self.cleaned_data.get("source", "")
        beside = publishing.standing_beside(self.instance, self.parent_page)
        has_fields = "form_fields" in self.errors or bool(cleaned.get("form_fields"))
        offer = Offer(
            in_force_on=cleaned.get("in_force_on"),
            changes=cleaned.get("changes", ""),
            approved_by=cleaned.get("approved_by", ""),
            is_first=beside.is_first,
            current_on=beside.current_on,
            lacks=publishing.lack_of(
                source,
                has_parts="parts" in self.errors or bool(cleaned.get("parts")),
                has_file="upload" in self.errors or bool(self.given or self.instance.file_id),
                has_fields=has_fields,
            ),
            problems=tuple(self.problems(source)),
        )
        for field, obstacles in publishing.by_field(publishing.obstacles_to(offer)).items():
            if field not in self.errors:
                self.tell(field, obstacles)

    def problems(self, source: str) -> tuple[Problem, ...]:
        """What is wrong inside the content, with its place; nothing where a field has a mistake of its own already."""
        if {"form_fields", "parts", "upload"} & set(self.errors):
            return ()
        fields, parts = _stream(self.cleaned_data.get("form_fields")), _stream(self.cleaned_data.get("parts"))
        return publishing.problems_in(source, streams.read("", fields, parts), self.marked)

    def tell(self, field: str, obstacles: Sequence[Obstacle]) -> None:
        """At the field; what has a place inside the content at its block, and where that is not known, above all."""
        if field not in {"form_fields", "parts"} or not any(obstacle.place for obstacle in obstacles):
            self.add_error(field, [obstacle.text for obstacle in obstacles])
            return
        blocks: dict[int, list[str]] = {}
        rest: list[Obstacle] = []
        labels = [found.label for found in streams.fields_of(_stream(self.cleaned_data.get("form_fields")))]
        for obstacle in obstacles:
            number = _block_of(obstacle, labels)
            if number is None:
                rest.append(obstacle)
            else:
                blocks.setdefault(number, []).append(_inside(obstacle))
        if blocks:
            self.add_error(field, _at_blocks(blocks))
        for obstacle in rest:
            self.add_error(None, str(obstacle))

    def save(self, commit: bool = True) -> Any:
        """Keep the file that was given, once everything is right."""
        if self.cleaned_data["source"] == "structured":
            if self.is_to_be_published:
                self.instance.file, self.instance.file_text = None, ""
        elif self.given is not None:
            self.keep(*self.given)
        if self.marked is not None:
            self.instance.file_text = "\n".join(self.marked.text_lines)
        page = super().save(commit=commit)
        page.told_of_fields = self.told
        return page

    def keep(self, content: bytes, name: str) -> None:
        self.instance.file = stored.kept(content, name=name, user=self.for_user, before=self.instance.file)
        self.instance.file_text = plain_files.text_of(content, name) if self.marked is None else ""

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After a save in the background the page does not send the file again."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, (self.add_prefix("upload"), "")] if self.given else updates


def _stream(value: Any) -> list[dict[str, Any]]:
    """A checked stream as the database keeps it."""
    return list(value.get_prep_value()) if value else []


def _by_place(mistakes: Iterable[Mistake]) -> list[forms.ValidationError]:
    """Mistakes in a file as errors of its field, each of which the admin shows on a line of its own."""
    return [
        forms.ValidationError(format_html('<span class="fault">{}: {}</span>', found.place, found.text))
        for found in mistakes
    ]


def _told(result: Merged, *, is_new: bool) -> Iterator[str]:
    """What was made of the file's marks, for the message after saving."""
    if is_new and result.added:
        yield f"Pola odczytane z\xa0pliku: {len(result.added)}. Sprawdź ich etykiety i\xa0rodzaje."
    elif result.added:
        yield f"Nowe pola z\xa0pliku: {', '.join(result.added)}."
    if result.vanished:
        yield f"Tych pól nie ma już w\xa0pliku, więc zniknęły z\xa0formularza: {', '.join(result.vanished)}."


def _block_of(obstacle: Obstacle, labels: Sequence[str]) -> int | None:
    """The number of the block that an obstacle is about, from 0: a part by its number, a field by its label."""
    if part := publishing.PART.fullmatch(obstacle.place):
        return int(part[1]) - 1
    label, _arrow, _column = obstacle.place.partition(" → ")
    numbers = [number for number, other in enumerate(labels) if other == label]
    return numbers[-1] if numbers else None


def _inside(obstacle: Obstacle) -> str:
    """The text with what is left of its place inside the block."""
    part = publishing.PART.fullmatch(obstacle.place)
    inner = part[2] if part else obstacle.place.partition(" → ")[2]
    return f"{inner[:1].upper()}{inner[1:]}: {obstacle.text}" if inner else obstacle.text


def _at_blocks(texts: Mapping[int, list[str]]) -> StreamBlockValidationError:
    return StreamBlockValidationError(
        block_errors={number: StructBlockValidationError(non_block_errors=found) for number, found in texts.items()}
    )
