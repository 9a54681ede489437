"""Builds the site that is measured and prints, as JSON, where to go and with which sessions.

`python -m bench.fill LEARNERS COURSES`, in a process of its own, with the settings of `bench.server.environment`.
"""

import json
import sys
from importlib import import_module
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - needs Django's apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import reverse  # noqa: E402

from courses.models import CoursePage  # noqa: E402
from courses.outline import outline_of  # noqa: E402
from courses.simulation.pages import SLUG  # noqa: E402
from elearning.accounts.models import User  # noqa: E402
from elearning.records.models import Certificate, Enrolment  # noqa: E402
from elearning.records.outline import ItemKind  # noqa: E402

# Enough that no two rounds in a row serve the same person.
SESSIONS = 20


def session_of(user: User) -> str:
    """The key of a new session in which this person is logged in."""
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def describe() -> dict[str, Any]:
    """Addresses of the first generated course; learners amid it, and people with a certificate."""
    course = CoursePage.objects.get(slug=f"{SLUG}-1")
    outline = outline_of(course)
    amid = Enrolment.objects.filter(course=course.pk, completed_at__isnull=True, results__isnull=False).distinct()
    certified = Certificate.objects.filter(enrolment__course=course.pk).select_related("user")
    urls = {kind: [item.url for item in outline.items if item.kind is kind] for kind in ItemKind}
    return {
        "course_id": course.pk,
        "course": outline.url,
        "lessons": urls[ItemKind.LESSON],
        "quizzes": urls[ItemKind.QUIZ],
        "learners": [session_of(enrolment.user) for enrolment in amid.select_related("user")[:SESSIONS]],
        "certificates": [
            {
                "session": session_of(certificate.user),
                "url": reverse("records:certificate_file", args=[certificate.code]),
            }
            for certificate in certified[:SESSIONS]
        ],
    }


if __name__ == "__main__":
    learners, courses = map(int, sys.argv[1:])
    call_command("prepare", stdout=sys.stderr)
    call_command("simulate", learners=learners, courses=courses, stdout=sys.stderr)
    sys.stdout.write(json.dumps(describe()))
