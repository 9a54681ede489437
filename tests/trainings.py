"""Builders of trainings and of registrations for them."""

from datetime import date, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission

from courses.models import TrainingIndexPage, TrainingPage
from elearning.accounts.models import User
from elearning.records.models import Registration, TrainingBook
from elearning.records.places import Standing
from tests import make

_numbers = count(1)


def index() -> TrainingIndexPage:
    """The list of trainings."""
    home = make.site()
    if existing := TrainingIndexPage.objects.first():
        return existing
    page = type(home).objects.get(pk=home.pk).add_child(instance=TrainingIndexPage(title="Szkolenia", slug="szkolenia"))
    return TrainingIndexPage.objects.get(pk=page.pk)


def block(start: str = "9:00", end: str = "12:00", topic: str = "Blok", *, hours: int = 4, **fields: Any) -> Any:
    """A block of a day as a stream keeps it."""
    value = {"start": _time(start), "end": _time(end), "topic": topic, "trainer": "", "hours": hours, **fields}
    return {"type": "item", "value": value, "id": str(uuid4())}


def day(on: date, *blocks: Any) -> Any:
    """A day as a stream keeps it: of two blocks with four teaching hours each, where none are given."""
    parts = blocks or (block(topic="Przed południem"), block("13:00", "16:00", "Po południu"))
    return {"type": "day", "value": {"date": on.isoformat(), "blocks": list(parts)}, "id": str(uuid4())}


def _time(text: str) -> str:
    hour, minute = text.split(":")
    return time(int(hour), int(minute)).isoformat()


def summer_time() -> date:
    """The next Sunday on which clocks change to summer time, at least a month ahead."""
    later = timezone.localdate() + timedelta(days=30)
    changes = [
        date(year, 3, 31) - timedelta(days=date(year, 3, 31).isoweekday() % 7) for year in (later.year, later.year + 1)
    ]
    return next(change for change in changes if change >= later)


def training(title: str = "Szkolenie", *, on: date | None = None, days: Any = None, **fields: Any) -> TrainingPage:
    """A published training of two days, from thirty days ahead on, with all clauses and quotas left out."""
    first = on or timezone.localdate() + timedelta(days=30)
    fields.setdefault("slug", f"szkolenie-{next(_numbers)}")
    fields.setdefault("venue", "Sala konferencyjna")
    fields.setdefault("organiser", "ROPS w\xa0Rzeszowie")
    page = index().add_child(
        instance=TrainingPage(
            title=title, days=[day(first), day(first + timedelta(days=1))] if days is None else days, **fields
        )
    )
    published: TrainingPage = make.publish(page)
    return published


def registered(
    page: TrainingPage,
    email: str = "",
    *,
    user: User | None = None,
    standing: Standing = Standing.ADMITTED,
    **fields: Any,
) -> Registration:
    """A registration as it stands, without moves and messages; numbered unless its address waits to be confirmed."""
    book, _created = TrainingBook.objects.get_or_create(page_id=page.pk, defaults={"title": page.title})
    if standing is not Standing.UNCONFIRMED:
        book.last_number += 1
        book.save(update_fields=["last_number"])
        fields.setdefault("number", book.last_number)
        fields.setdefault("confirmed_at", timezone.now())
    now = timezone.now()
    return Registration.objects.create(
        training_id=page.pk,
        training_title=page.title,
        standing=standing,
        user=user,
        email=email or (user.email if user else f"uczestnik{next(_numbers)}@example.org"),
        first_name=fields.pop("first_name", user.first_name if user else "Krzysztof"),
        last_name=fields.pop("last_name", user.last_name if user else "Nowak"),
        registered_at=now,
        changed_at=now,
        **fields,
    )


def member(group: str) -> User:
    """Somebody of the staff who belongs to that group of the migrations."""
    person = make.user(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return person


def editor_of(page: TrainingPage) -> User:
    """An editor of the staff whose rights end with one page."""
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    group = Group.objects.create(name=f"Redakcja strony {page.pk}")
    group.permissions.add(enter)
    GroupPagePermission.objects.create(group=group, page=page, permission=change)
    person = make.user(is_staff=True)
    person.groups.add(group)
    return person
