"""Signing up and logging in as a person in a browser does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from elearning.accounts.models import User
from elearning.institutions.models import Institution
from elearning.notifications.models import Message
from tests import make

Answers = dict[str, Any]


def log_in(user: User) -> Client:
    """A browser in which the person has logged in by password."""
    client = Client()
    client.post("/konto/login/", {"login": user.email, "password": make.PASSWORD})
    return client


def log_in_and_prove(user: User) -> Client:
    """The same, after giving the password once more, as changes of the account demand."""
    client = log_in(user)
    client.post("/konto/reauthenticate/", {"password": make.PASSWORD})
    return client


@pytest.fixture
def institution(db: None) -> Institution:
    return make.institution("PCPR A")


@pytest.fixture
def answers(institution: Institution) -> Answers:
    """A complete sign-up form."""
    return {
        "first_name": "Żaneta",
        "last_name": "Łęgowska-Śćibor",
        "email": "zaneta@example.org",
        "password1": "zielony-rower-42",
        "institution": str(institution.pk),
        "institution_name": "",
        "function": "pracownica socjalna",
        "terms": "on",
    }


@pytest.fixture
def code_for() -> Callable[[str], str]:
    """The six digits of the newest message to an address."""

    def find(address: str) -> str:
        message = Message.objects.filter(recipient=address).order_by("-pk")[0]
        found = re.search(r"^\s*(\d{6})$", message.body, re.MULTILINE)
        assert found, message.body
        return found[1]

    return find
