"""What an editor says about files of questions: which file, where to, in which format."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from courses.exchange import Format
from courses.exchange.reading import MAX_FILE
from courses.models import QuestionCategory

FORMATS = [
    (Format.MOODLE_XML, "Moodle XML"),
    (Format.GIFT, "GIFT (tekst)"),
    (Format.QTI_2_1, "QTI 2.1 (paczka zip)"),
    (Format.QTI_3_0, "QTI 3.0 (paczka zip)"),
]
AS_IN_FILE = "Kategorie z pliku (brakujące powstaną)"
ALL = "Wszystkie kategorie"


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label="Plik z pytaniami",
        help_text="GIFT, Moodle XML albo QTI, najwyżej 20 MB. Nic się nie zapisze, zanim nie zatwierdzisz.",
        error_messages={"required": "Wybierz plik.", "empty": "Ten plik jest pusty. Wybierz inny."},
        max_length=255,
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_FILE:
            raise forms.ValidationError(f"Plik jest za duży. Może mieć najwyżej {MAX_FILE // 1024 // 1024} MB.")
        return upload


class TargetForm(forms.Form):
    """Where the questions go."""

    category = forms.ModelChoiceField(
        label="Kategoria",
        queryset=QuestionCategory.objects.all(),
        required=False,
        empty_label=AS_IN_FILE,
    )


class ExportForm(forms.Form):
    """Which questions, and as what."""

    category = forms.ModelChoiceField(
        label="Kategoria", queryset=QuestionCategory.objects.all(), required=False, empty_label=ALL
    )
    format = forms.ChoiceField(label="Format", choices=FORMATS)

    def clean_format(self) -> Format:
        return Format(self.cleaned_data["format"])

    def questions(self) -> dict[str, Any]:
        """The filter of the chosen questions."""
        category = self.cleaned_data["category"]
        return {"category": category} if category else {}
