"""Where allauth meets our accounts: its mail goes to the outbox, its words are ours."""

from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage, get_connection


class AccountAdapter(DefaultAccountAdapter):
    """allauth's behaviour, with our people."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Adres e-mail albo hasło są nieprawidłowe.",
        "email_taken": "Ten adres e-mail należy już do innego konta.",
        "enter_current_password": "To nie jest Twoje obecne hasło.",
        "incorrect_code": "Kod jest nieprawidłowy. Przepisz go z najnowszej wiadomości.",
        "incorrect_password": "Hasło jest nieprawidłowe.",
        "rate_limited": "Zbyt wiele prób. Odczekaj chwilę i spróbuj ponownie.",
        "same_as_current": "Podaj inny adres niż obecny.",
        "too_many_login_attempts": "Zbyt wiele błędnych prób. Odczekaj kilka minut i spróbuj ponownie.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the message to the outbox. A message with a code is secret: its text is erased once sent."""
        message = self.render_mail(template_prefix, email, {"email": email, "base_url": settings.BASE_URL, **context})
        if "code" in context:
            message.extra_headers["X-Outbox-Secret"] = "1"
        self._post(message)

    def _post(self, message: EmailMessage) -> None:
        # Named in the settings, because the outbox lies above the accounts in the order of layers.
        message.connection = get_connection(settings.OUTBOX_EMAIL_BACKEND)
        message.send()


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor, in our words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Kod jest nieprawidłowy. Wpisz ten, który aplikacja pokazuje teraz.",
        "unverified_email": "Najpierw potwierdź swój adres e-mail.",
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as SVG with its quiet zone, in black on white for cameras in both themes."""
        picture = BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", scale=5, dark="#000", light="#fff", xmldecl=False)
        return picture.getvalue().decode()
