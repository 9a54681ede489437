"""Builds a site with one film and prints its address as JSON.

`python -m bench.films.fill FILE`, in a process of its own, with the settings of `bench.server.environment`.
"""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import django

django.setup()

from django.core.files import File  # noqa: E402 - needs Django's apps
from django.core.management import call_command  # noqa: E402
from wagtail.models import Collection  # noqa: E402

from bench.fill import session_of  # noqa: E402
from elearning.accounts.models import User  # noqa: E402
from media import videos  # noqa: E402
from media.models import FilmIndexPage, FilmPage, TextTrack  # noqa: E402

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nDzień dobry.\n"


def fill(path: Path) -> dict[str, str]:
    """The film's page, its file, and the session of somebody who watches."""
    with path.open("rb") as file:
        video = videos.add(File(file, name=path.name), title="Film", collection=Collection.get_first_root_node())
    tracks = [TextTrack(kind="captions", language="pl", vtt=VTT)]
    film = FilmPage(title="Film", slug="film", video=video, tracks=tracks)
    FilmIndexPage.objects.get().add_child(instance=film).save_revision().publish()
    person = User.objects.create_user(email="osoba@example.org", first_name="Ola")
    return {
        "page": "/filmy/film/",
        "file": f"/filmy/film/-/plik/{video.key}/zrodlo.mp4",
        "session": session_of(person),
    }


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):
        call_command("prepare", demo=True)
    sys.stdout.write(json.dumps(fill(Path(sys.argv[1]))))
