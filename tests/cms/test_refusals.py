"""Refusals in the site's design."""

import pytest
from django.test import Client

from elearning.accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db


def test_a_wrong_method_is_405_in_our_design(as_learner: Client, learner: User) -> None:
    course = make.course("Kurs", slug="kurs")
    response = as_learner.get(f"/kursy/{course.slug}/-/zapis/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Modele Kooperacji" in response.content.decode()


def test_an_unknown_address_is_404_in_our_design(client: Client) -> None:
    make.site()
    response = client.get("/nie-ma-takiej-strony/")
    assert response.status_code == 404
    assert "Modele Kooperacji" in response.content.decode()


def test_a_request_too_large_is_413(client: Client) -> None:
    make.site()
    response = client.post("/konto/login/", {"login": "a" * 3_000_000, "password": "b"})
    assert response.status_code == 413
    assert "Modele Kooperacji" in response.content.decode()


def test_a_stale_form_explains_and_leads_back(learner: User) -> None:
    make.course("Kurs", slug="kurs")
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    response = client.post("/kursy/kurs/-/zapis/")
    assert response.status_code == 403
    assert not learner.enrolments.exists()
    assert "/kursy/kurs/" in response.content.decode()
