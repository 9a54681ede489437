"""Editors of documents, and what the admin's forms of versions send."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from elearning.accounts.models import User
from library.models import DocumentPage, VersionPage
from tests import make


def person(group: str, **fields: Any) -> User:
    made = make.user("Maria", "Redaktorska", **fields)
    made.groups.add(Group.objects.get(name=group))
    return made


def browser_of(someone: User) -> Client:
    client = Client()
    client.force_login(someone)
    return client


def word(content: bytes, name: str = "umowa.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def form(**fields: Any) -> dict[str, Any]:
    """What the form of a version sends: one sentence, nothing to fill in, unless something else is given.

    `form_fields` and `parts` are lists of kinds with what their blocks send.
    """
    values = {
        "in_force_on": "2026-01-01",
        "changes": "",
        "approved_by": "",
        "source": "structured",
        "paper_title": "",
        "form_fields": [],
        "parts": [("paragraph", {"text": "Zawarte dnia dzisiejszego."})],
        "comments": inline_formset([]),
        **fields,
    }
    values["form_fields"] = streamfield(values["form_fields"])
    values["parts"] = streamfield(values["parts"])
    upload = values.pop("upload", None)
    sent: dict[str, Any] = nested_form_data(values)
    return {**sent, "upload": upload} if upload is not None else sent


def create(client: Client, document: DocumentPage, action: str = "", **fields: Any) -> Any:
    """Send the form of a new version; `action` is „publish” or „submit”, empty for a draft."""
    url = reverse("wagtailadmin_pages:add", args=["library", "versionpage", document.pk])
    return client.post(url, _with_action(form(**fields), action), follow=True)


def save(client: Client, version: Page, action: str = "", **fields: Any) -> Any:
    """Send the form of a version that is there."""
    url = reverse("wagtailadmin_pages:edit", args=[version.pk])
    return client.post(url, _with_action(form(**fields), action), follow=True)


def errors(answer: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = answer.context["form"].errors
    return found


def told(answer: Any) -> str:
    """The messages above the page."""
    return " ".join(str(message) for message in answer.context["messages"])


def latest(version: Page) -> VersionPage:
    """The newest draft."""
    newest: VersionPage = VersionPage.objects.get(pk=version.pk).get_latest_revision_as_object()
    return newest


def _with_action(data: dict[str, Any], action: str) -> dict[str, Any]:
    return {**data, f"action-{action}": "1"} if action else data
