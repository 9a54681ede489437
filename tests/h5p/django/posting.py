"""An activity of a test, and what its page posts."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client

from elearning.accounts.models import User
from h5p.django.models import ContentVersion
from h5p.django.results import Activity
from h5p.policies import CompletionPolicy
from tests.h5p.django import urls


def activity(version: ContentVersion, policy: str = "passed", **fields: Any) -> Activity:
    made = Activity(
        key=uuid4(),
        content_version=version.pk,
        title="Karta",
        policy=CompletionPolicy(policy),
        **{"pass_mark": Decimal("0.5"), **fields},
    )
    urls.activities[made.key] = made
    return made


def statement(raw: float | None = 3, *, verb: str = "answered", part: str = "", parent: bool = False) -> dict[str, Any]:
    extensions = {"http://h5p.org/x-api/h5p-subContentId": part} if part else {}
    said: dict[str, Any] = {
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {
            "id": "http://localhost/h5p/content/1",
            "definition": {
                "extensions": extensions,
                "interactionType": "choice",
                "description": {"en-US": "<p>Kto odpowiada?</p>"},
                "choices": [{"id": "0", "description": {"en-US": "Opiekun"}}],
            },
        },
        "result": {"response": "0", "duration": "PT5S", "success": True, "completion": True},
    }
    if raw is not None:
        said["result"]["score"] = {"raw": raw, "max": 4, "min": 0, "scaled": raw / 4}
    if parent:
        said["context"] = {"contextActivities": {"parent": [{"id": "http://localhost/h5p/content/1"}]}}
    return said


def item(attempt: UUID, **what: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "attempt": str(attempt), **what}


def state(data: str | None, revision: int, part: str = "0") -> dict[str, Any]:
    return {"part": part, "kind": "state", "data": data, "preload": True, "revision": revision}


def send(client: Client, where: Activity, person: User, *items: Any, version: int = 0, **more: Any) -> HttpResponse:
    body = {"person": str(person.pk), "version": version or where.content_version, "items": items, **more}
    return client.post(f"/activity/{where.key}/", json.dumps(body), content_type="application/json")
