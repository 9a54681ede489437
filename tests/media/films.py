"""Films for tests: pages, videos without a file, and what the form of the admin sends."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from elearning.accounts.models import User
from media.models import FilmIndexPage, FilmPage, TextTrack, Video
from tests import make

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nDzień dobry.\n\n00:00:04.000 --> 00:00:06.000\nPowiat i gmina.\n"

_numbers = count(1)


def index() -> FilmIndexPage:
    """The library of films."""
    home = make.site()
    if existing := FilmIndexPage.objects.first():
        return existing
    return home.add_child(instance=FilmIndexPage(title="Filmy", slug="filmy"))


def video(*, duration: int | None = 60_000, collection: Collection | None = None, **fields: Any) -> Video:
    """A row that says there is a file; `duration` in milliseconds."""
    fields.setdefault("title", f"Plik {next(_numbers)}")
    where = collection or Collection.get_first_root_node()
    return Video.objects.create(
        container="mp4", size=1000, duration=duration, file="films/probny/source.mp4", collection=where, **fields
    )


def film(title: str = "Zespół w gminie", *, vtt: str = VTT, live: bool = False, **fields: Any) -> FilmPage:
    """A film, by default a draft with captions. `live` puts it on the site whatever it lacks, as time alone can."""
    fields.setdefault("slug", f"film-{next(_numbers)}")
    if "external_url" not in fields:
        fields.setdefault("video", video())
    parent = FilmIndexPage.objects.get(pk=index().pk)
    page = parent.add_child(instance=FilmPage(title=title, live=live, has_unpublished_changes=not live, **fields))
    if vtt:
        page.tracks.add(TextTrack(kind="captions", language="pl", vtt=vtt))
    page.save()
    page.save_revision()
    return FilmPage.objects.get(pk=page.pk)


def person(group: str, **fields: Any) -> User:
    made = make.user("Maria", "Redaktorska", **fields)
    made.groups.add(Group.objects.get(name=group))
    return made


def allow(collection: Collection, group: str = "Redakcja") -> None:
    """Let that group use the videos of a collection and of those below it."""
    permission = Permission.objects.get(content_type__app_label="media", codename="choose_video")
    GroupCollectionPermission.objects.get_or_create(
        group=Group.objects.get(name=group), collection=collection, permission=permission
    )


def browser_of(someone: User) -> Client:
    client = Client()
    client.force_login(someone)
    return client


def track(**fields: Any) -> dict[str, Any]:
    """One row of captions in the form."""
    return {"kind": "captions", "language": "pl", "vtt": "", **fields}


def form(page: FilmPage, *, tracks: list[Mapping[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    """What the form of a film sends; `tracks` are its rows, by default those that are stored."""
    stored = [track(id=row.pk, kind=row.kind, language=row.language, vtt=row.vtt) for row in page.tracks.all()]
    rows = stored if tracks is None else tracks
    values = {
        "title": page.title,
        "slug": page.slug,
        "lead": page.lead,
        "video": page.video_id or "",
        "external_url": page.external_url,
        "external_minutes": page.external_minutes or "",
        "recorded_live_on": page.recorded_live_on or "",
        "about": rich_text("<p>O filmie.</p>"),
        "chapters": page.chapters,
        "transcript": page.transcript,
        "audio_description": "",
        "licence": "all-rights",
        "track": "",
        "topics": "",
        "credits": "",
        "tracks": inline_formset(list(rows), initial=sum(1 for row in rows if row.get("id"))),
        "comments": inline_formset([]),
        **fields,
    }
    sent: dict[str, Any] = nested_form_data({name: value for name, value in values.items() if value is not None})
    return sent


def save(client: Client, page: FilmPage, action: str = "", **fields: Any) -> Any:
    """Send the form; `action` is „publish” or „submit”, empty for a draft."""
    data = form(page, **fields)
    if action:
        data[f"action-{action}"] = "1"
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)
