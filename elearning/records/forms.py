"""Forms about certificates: verify, revoke, replace."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .certificate_code import canonical_code
from .certificate_facts import CORRECTABLE


class VerificationForm(forms.Form):
    """A typed verification code, whatever its case, dashes and spaces."""

    code = forms.CharField(
        label="Kod weryfikacyjny",
        max_length=40,
        help_text="Znajdziesz go na dole zaświadczenia, na przykład BCDF-GHJK-2346.",
        error_messages={"required": "Wpisz kod weryfikacyjny."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code in its printed form. Raises `ValidationError` for what cannot be one."""
        code = canonical_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError("Kod ma 12 znaków: cyfry i litery. Sprawdź, czy nie brakuje żadnego.")
        return code


class RevocationForm(forms.Form):
    """Why a certificate is revoked. Staff see it, the verification page does not."""

    reason = forms.CharField(
        label="Powód",
        max_length=255,
        help_text="Zobaczą go tylko osoby z redakcji.",
        error_messages={"required": "Podaj powód unieważnienia."},
    )


class ReplacementForm(forms.Form):
    """What may be corrected in a new certificate, filled in with what the old one says."""

    name = forms.CharField(
        label="Imię i nazwisko", max_length=200, error_messages={"required": "Wpisz imię i nazwisko."}
    )
    course = forms.CharField(label="Kurs", max_length=255, error_messages={"required": "Wpisz tytuł kursu."})
    organiser = forms.CharField(label="Organizator", max_length=200, required=False)
    place = forms.CharField(label="Miejscowość", max_length=100, required=False)
    signatory_name = forms.CharField(label="Osoba podpisująca", max_length=150, required=False)
    signatory_function = forms.CharField(label="Funkcja osoby podpisującej", max_length=150, required=False)

    def __init__(self, *args: Any, facts: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {key: facts[key] for key in CORRECTABLE}

    def clean(self) -> None:
        """Refuse a replacement that would say the same."""
        super().clean()
        if not self.errors and not self.corrections:
            raise ValidationError("Nic nie zmieniono. Popraw co najmniej jedno pole.")

    @property
    def corrections(self) -> dict[str, str]:
        """What differs from the old certificate."""
        return {key: value for key, value in self.cleaned_data.items() if value != self.initial[key]}
