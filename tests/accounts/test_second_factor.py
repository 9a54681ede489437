"""The gate of the admin."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group, Permission
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from elearning.accounts.models import User
from elearning.notifications.models import Message
from tests import make

from .conftest import log_in, log_in_and_prove

pytestmark = pytest.mark.django_db
ADMIN = "/redakcja/"
SECURITY = "/konto/2fa/"


@pytest.fixture
def editor(db: None) -> User:
    """May enter the admin by a right, and is no administrator."""
    user = make.user("Róża", "Redaktorska", email="red@example.org")
    group = Group.objects.create(name="Zespół redakcji")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    return user


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_editor_and_administrator_are_led_to_set_up(editor: User, administrator: User) -> None:
    for user in [editor, administrator]:
        response = log_in(user).get(ADMIN, follow=True)
        assert response.redirect_chain == [(SECURITY, 302)]
        assert "Redakcja wymaga drugiego składnika" in response.content.decode()


def test_after_set_up_the_way_leads_on_to_the_admin(
    editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = log_in_and_prove(editor)
    client.get(f"{ADMIN}pages/")
    form = client.get(f"{SECURITY}totp/activate/")
    secret = form.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{SECURITY}totp/activate/", {"code": code_of(secret)}, follow=True)
    page = response.content.decode()
    assert "Kody zapasowe" in page
    assert f'href="{ADMIN}pages/"' in page
    assert client.get(ADMIN).status_code == 200
    assert Message.objects.filter(subject="Włączono aplikację z kodami", recipient=editor.email).exists()


def test_second_factor_is_asked_at_the_next_log_in(editor: User) -> None:
    authenticator = TOTP.activate(editor, "JBSWY3DPEHPK3PXP").instance
    assert authenticator.type == Authenticator.Type.TOTP
    client = log_in(editor)
    assert "_auth_user_id" not in client.session
    wrong = client.post(f"{SECURITY}authenticate/", {"code": "000000x"})
    assert "Kod jest nieprawidłowy" in wrong.content.decode()
    client.post(f"{SECURITY}authenticate/", {"code": code_of("JBSWY3DPEHPK3PXP")})
    assert client.get(ADMIN).status_code == 200


def test_learner_gets_a_refusal_instead_of_a_loop(as_learner: Client) -> None:
    for path in [ADMIN, f"{ADMIN}pages/"]:
        assert as_learner.get(path).status_code == 403


def test_stranger_is_led_to_the_log_in_of_the_site(client: Client) -> None:
    response = client.get(ADMIN)
    assert response.headers["Location"] == "/konto/login/?next=/redakcja/"


def test_editor_comes_back_to_the_admin_after_the_log_in(client: Client, editor: User, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    answer = {"login": editor.email, "password": make.PASSWORD, "next": ADMIN}
    response = client.post("/konto/login/", answer, follow=True)
    assert response.redirect_chain == [(ADMIN, 302)]
    assert response.status_code == 200


def test_old_address_of_the_log_in_leads_to_ours(client: Client) -> None:
    response = client.get(f"{ADMIN}login/", {"next": ADMIN})
    assert response.headers["Location"].startswith("/konto/login/?next=")


def test_learner_may_use_a_second_factor_too(as_learner: Client) -> None:
    assert "Dodaj klucz dostępu" in as_learner.get(SECURITY).content.decode()
