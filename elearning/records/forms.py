"""The form that verifies a certificate."""

from django import forms
from django.core.exceptions import ValidationError

from .certificate_code import canonical_code


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
