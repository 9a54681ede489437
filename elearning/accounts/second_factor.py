"""Forms of the second factor: codes of an app, passkeys, recovery codes."""

from typing import Any, ClassVar

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as key_forms

from .wording import CODE_ATTRS, Worded


class ActivateAppForm(Worded, totp_forms.ActivateTOTPForm):
    labels: ClassVar[dict[str, str]] = {"code": "Kod z aplikacji"}
    hints: ClassVar[dict[str, str]] = {"code": "Sześć cyfr, które aplikacja pokazuje teraz."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_ATTRS)


class AuthenticateForm(Worded, base_forms.AuthenticateForm):
    """Takes a code of the app as well as a recovery code, which is longer."""

    labels: ClassVar[dict[str, str]] = {"code": "Kod z aplikacji albo kod zapasowy"}


class ReauthenticateForm(Worded, base_forms.ReauthenticateForm):
    labels: ClassVar[dict[str, str]] = {"code": "Kod z aplikacji albo kod zapasowy"}


class AddKeyForm(Worded, key_forms.AddWebAuthnForm):
    """A passkey or security key. Marked as passkey, it logs in by itself; else it is a second step."""

    labels: ClassVar[dict[str, str]] = {"name": "Nazwa klucza", "passwordless": "Loguj mnie samym kluczem, bez hasła"}
    hints: ClassVar[dict[str, str]] = {
        "name": "Na przykład: telefon, komputer w pracy.",
        "passwordless": "Klucz zapyta wtedy o odcisk palca, twarz albo PIN.",
    }


class RenameKeyForm(Worded, key_forms.EditWebAuthnForm):
    labels: ClassVar[dict[str, str]] = {"name": "Nazwa klucza"}
