"""Forms of the account: who a person is, and how they log in."""

from typing import Any, ClassVar, cast

from allauth.account import forms as allauth_forms
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html

from elearning.institutions.models import Institution

from .consents import accept_terms
from .models import User
from .wording import PASSWORD_HINT, CodeWorded, Worded

# The choice „inna”: the institution is typed in.
OTHER = "inna"


def institution_choices() -> list[tuple[str, str]]:
    """The register in the order of names, with „inna” first, where it is found without scrolling. One query."""
    register = Institution.objects.values_list("pk", "name")
    return [
        ("", "Wybierz instytucję"),
        (OTHER, "Inna – wpiszę nazwę"),
        *((str(key), name) for key, name in register),
    ]


class PersonFields(forms.Form):
    """Who a person is, as certificates and reports need to know: asked at sign-up and on the profile."""

    first_name = forms.CharField(
        label="Imię",
        max_length=80,
        error_messages={"required": "Wpisz imię."},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label="Nazwisko",
        max_length=120,
        help_text="Imię i nazwisko wydrukujemy na zaświadczeniu.",
        error_messages={"required": "Wpisz nazwisko."},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    institution = forms.ChoiceField(
        label="Instytucja",
        help_text="Wybierz z listy. Jeśli jej nie ma, wybierz „Inna – wpiszę nazwę”.",
        error_messages={"required": "Wybierz instytucję z listy albo „Inna – wpiszę nazwę”."},
    )
    institution_name = forms.CharField(
        label="Nazwa innej instytucji",
        max_length=200,
        required=False,
        help_text="Wypełnij tylko wtedy, gdy instytucji nie ma na liście.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    function = forms.CharField(
        label="Funkcja",
        max_length=120,
        help_text="Na przykład: pracownik socjalny, kierowniczka GOPS, kurator.",
        error_messages={"required": "Wpisz swoją funkcję."},
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A list, because a select asks a function twice, once only to look at the first choice.
        cast(forms.ChoiceField, self.fields["institution"]).choices = institution_choices()

    def clean_institution_name(self) -> str:
        """The typed name where „inna” is chosen; an institution of the register wins over a typed one."""
        name = str(self.cleaned_data["institution_name"])
        if self.cleaned_data.get("institution") != OTHER:
            return ""
        if not name:
            raise forms.ValidationError("Wpisz nazwę swojej instytucji.")
        return name

    def fill(self, user: User) -> None:
        """Write the answers into the person, without saving."""
        chosen = self.cleaned_data["institution"]
        user.first_name = self.cleaned_data["first_name"]
        user.last_name = self.cleaned_data["last_name"]
        user.institution_id = None if chosen == OTHER else int(chosen)
        user.institution_name = self.cleaned_data["institution_name"]
        user.function = self.cleaned_data["function"]


class ProfileForm(PersonFields):
    """A person's own data."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **{"initial": self._answers(user), **kwargs})

    @staticmethod
    def _answers(user: User) -> dict[str, Any]:
        return {
            "first_name": user.first_name,
            "last_name": user.last_name,
            "institution": str(user.institution_id or (OTHER if user.institution_name else "")),
            "institution_name": user.institution_name,
            "function": user.function,
        }

    def save(self) -> None:
        self.fill(self.user)
        self.user.save(update_fields=["first_name", "last_name", "institution", "institution_name", "function"])


class SignupForm(PersonFields, Worded, allauth_forms.SignupForm):
    """A new account: the person, the log-in and the terms."""

    labels: ClassVar[dict[str, str]] = {"email": "Adres e-mail", "password1": "Hasło"}
    hints: ClassVar[dict[str, str]] = {
        "email": "Wyślemy na niego kod, który potwierdzi adres.",
        "password1": PASSWORD_HINT,
    }
    field_order = [
        "first_name",
        "last_name",
        "email",
        "password1",
        "institution",
        "institution_name",
        "function",
        "terms",
    ]

    terms = forms.BooleanField(
        label="Akceptuję regulamin i znam informację o przetwarzaniu danych",
        help_text=format_html(
            'Przeczytaj: <a href="{}">regulamin</a>, <a href="{}">informacja o przetwarzaniu danych</a>.',
            "/regulamin/",
            "/prywatnosc/",
        ),
        error_messages={"required": "Zaznacz to pole, aby założyć konto."},
    )

    def save(self, request: HttpRequest) -> User:
        """Save the person and what they accepted, or neither."""
        with transaction.atomic():
            user: User = super().save(request)
            return user

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth's hook: the person is saved, with name and password."""
        self.fill(user)
        user.save(update_fields=["first_name", "last_name", "institution", "institution_name", "function"])
        accept_terms(user)


class LoginForm(Worded, allauth_forms.LoginForm):
    labels: ClassVar[dict[str, str]] = {
        "login": "Adres e-mail",
        "password": "Hasło",
        "remember": "Nie wylogowuj mnie na tym urządzeniu",
    }
    hints: ClassVar[dict[str, str]] = {"remember": "Nie zaznaczaj na wspólnym komputerze."}


class RequestCodeForm(Worded, allauth_forms.RequestLoginCodeForm):
    labels: ClassVar[dict[str, str]] = {"email": "Adres e-mail"}


class ConfirmLoginForm(CodeWorded, allauth_forms.ConfirmLoginCodeForm):
    pass


class ConfirmAddressForm(CodeWorded, allauth_forms.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmResetForm(CodeWorded, allauth_forms.ConfirmPasswordResetCodeForm):
    pass


class ChangeAddressForm(Worded, allauth_forms.AddEmailForm):
    """A new address for an existing account; it takes effect once its code is typed."""

    labels: ClassVar[dict[str, str]] = {"email": "Nowy adres e-mail"}
    hints: ClassVar[dict[str, str]] = {"email": "Wyślemy na niego kod. Adres zmieni się, gdy go wpiszesz."}


class CorrectAddressForm(Worded, allauth_forms.ChangeEmailForm):
    """A correction of the address given at sign-up, before it is confirmed."""

    labels: ClassVar[dict[str, str]] = {"email": "Poprawny adres e-mail"}


class ChangePasswordForm(Worded, allauth_forms.ChangePasswordForm):
    labels: ClassVar[dict[str, str]] = {
        "oldpassword": "Obecne hasło",
        "password1": "Nowe hasło",
        "password2": "Powtórz nowe hasło",
    }
    hints: ClassVar[dict[str, str]] = {"password1": PASSWORD_HINT}


class NewPasswordForm(Worded, allauth_forms.ResetPasswordKeyForm):
    labels: ClassVar[dict[str, str]] = {"password1": "Nowe hasło", "password2": "Powtórz nowe hasło"}
    hints: ClassVar[dict[str, str]] = {"password1": PASSWORD_HINT}


class SetPasswordForm(Worded, allauth_forms.SetPasswordForm):
    labels: ClassVar[dict[str, str]] = {"password1": "Hasło", "password2": "Powtórz hasło"}
    hints: ClassVar[dict[str, str]] = {"password1": PASSWORD_HINT}


class ResetPasswordForm(Worded, allauth_forms.ResetPasswordForm):
    labels: ClassVar[dict[str, str]] = {"email": "Adres e-mail"}


class ReauthenticateForm(Worded, allauth_forms.ReauthenticateForm):
    labels: ClassVar[dict[str, str]] = {"password": "Hasło"}
