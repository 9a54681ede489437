"""Captions in the form of a film: an uploaded file becomes WebVTT that can also be edited by hand."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm

from media.captions import LARGEST, Fault, UnreadableCaptions, read_captions, to_vtt

# Bytes of all captions of a film together: the form carries them, and more than `DATA_UPLOAD_MAX_MEMORY_SIZE` would
# keep a film from being saved at all. Two hours of speech have about 160,000 in one language.
MOST_TEXT = 1_200_000

EMPTY = "Wybierz plik z\xa0napisami albo usuń te napisy z\xa0formularza."
TOO_LARGE = "Plik jest za duży. Napisy mogą mieć najwyżej 2\xa0MB."
TOO_MUCH = "Napisy do tego filmu są razem za długie. Usuń jeden z\xa0języków albo wgraj krótsze pliki."
TWICE = "Takie napisy w\xa0tym języku już są. Zmień język lub rodzaj albo usuń jedne z\xa0nich."


def by_line(faults: Iterable[Fault]) -> list[forms.ValidationError]:
    """Faults as errors of a field, each of which the admin shows on a line of its own."""
    return [
        forms.ValidationError(format_html('<span class="fault">Linia {}: {}</span>', fault.line, fault.text))
        for fault in faults
    ]


class TrackForm(WagtailAdminModelForm):
    """One track. The film's form says how long the film is, and whether the captions have to be there already."""

    upload = forms.FileField(
        label="Plik z napisami (WebVTT lub SRT)",
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
        help_text="Najwyżej 2 MB. Zastąpi napisy zapisane niżej. Drobne błędy poprawimy i powiemy, które.",
        error_messages={"empty": "Ten plik jest pusty. Wybierz inny."},
    )

    # Milliseconds; None where nobody knows.
    duration: int | None = None
    must_have_text = False
    # What was repaired in the text, a sentence each.
    repaired: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "upload" in self.errors:
            return cleaned
        upload, typed = cleaned.get("upload"), cleaned.get("vtt", "")
        if upload:
            self.take("upload", upload)
        elif typed.strip():
            self.take("vtt", typed.encode())
        elif self.must_have_text:
            self.add_error("upload", EMPTY)
        return cleaned

    def take(self, field: str, given: UploadedFile | bytes) -> None:
        """Put into the text what a file or a person gave, or say at that field why not, line by line."""
        if (len(given) if isinstance(given, bytes) else given.size or 0) > LARGEST:
            self.add_error(field, TOO_LARGE)
            return
        data = given if isinstance(given, bytes) else given.read()
        try:
            captions = read_captions(data, duration=self.duration)
        except UnreadableCaptions as error:
            self.add_error(field, by_line(error.faults))
            return
        self.cleaned_data["vtt"] = to_vtt(captions.cues)
        self.repaired = tuple(f"linia {fault.line}: {fault.text}" for fault in captions.faults)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After a save in the background the page shows what was made of the file, and does not send it again."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        if self.cleaned_data.get("upload"):
            updates += [(self.add_prefix("vtt"), self.cleaned_data["vtt"]), (self.add_prefix("upload"), "")]
        return updates


class TrackFormSet(BaseChildFormSet):
    """The tracks of a film, checked together."""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[str, str]] = set()
        size = 0
        for form in self.kept():
            key = form.cleaned_data.get("kind", ""), form.cleaned_data.get("language", "")
            if key in seen:
                form.add_error("language", TWICE)
            seen.add(key)
            size += len(form.cleaned_data.get("vtt", "").encode())
        if size > MOST_TEXT:
            raise forms.ValidationError(TOO_MUCH)

    def kept(self) -> Iterable[TrackForm]:
        """The forms of tracks that will be there after saving. Empty new ones are not among them."""
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if data and not data.get("DELETE"):
                yield form
