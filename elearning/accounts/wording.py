"""How the fields of allauth's forms read and behave here."""

from typing import Any, ClassVar

from django import forms

PASSWORD_HINT = "Co najmniej 10 znaków. Nie używaj swojego imienia, adresu ani popularnego hasła."  # noqa: S105 - a hint, not a password
CODE_HINT = "Sześć cyfr."
# What to do about an empty field, where „To pole jest wymagane” would only say that it is empty.
MISSING = {
    "login": "Wpisz adres e-mail.",
    "email": "Wpisz adres e-mail.",
    "password": "Wpisz hasło.",
    "password1": "Wpisz hasło.",
    "password2": "Wpisz hasło jeszcze raz.",
    "oldpassword": "Wpisz obecne hasło.",
    "code": "Wpisz kod.",
}
# Room for a code pasted with spaces; allauth leaves them out when it compares.
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12}


class Worded(forms.Form):
    """Mixin: Polish labels and hints instead of allauth's, and no placeholders, which vanish while typing."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in MISSING:
                field.error_messages["required"] = MISSING[name]
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "" if name in self.labels else field.help_text)


class CodeWorded(Worded):
    """Mixin of forms that ask for the code of a message: a phone offers digits and the code itself."""

    labels: ClassVar[dict[str, str]] = {"code": "Kod z wiadomości"}
    hints: ClassVar[dict[str, str]] = {"code": CODE_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_ATTRS)
