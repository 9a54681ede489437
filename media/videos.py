"""Adding and removing uploaded videos: what is refused leaves nothing behind."""

from functools import partial
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import ProtectedError, Q
from wagtail.models import Collection

from media.containers import Container, UnreadableVideo, read_container
from media.folders import clear, folder_of
from media.models import Rendition, Video
from media.renditions import HEIGHTS
from media.tasks import make_renditions
from media.uses import films_using, forget

MEGABYTE = 1024 * 1024


class InUse(Exception):
    """A film shows the video, or its draft does."""


def largest() -> int:
    """How many bytes a file may have."""
    return int(settings.FILM_MAX_MB) * MEGABYTE


def too_large() -> str:
    """Why a larger one is refused."""
    return f"Plik jest większy niż {settings.FILM_MAX_MB}\xa0MB. Zmniejsz film i\xa0spróbuj ponownie."


def check(file: File[bytes]) -> Container:
    """What an uploaded file holds. Raises `ValidationError` with a sentence for the field; never reads it whole."""
    size = file.size or 0
    if size > largest():
        raise ValidationError(too_large())
    file.seek(0)
    try:
        return read_container(cast(BinaryIO, file), size)
    except UnreadableVideo as error:
        raise ValidationError(str(error)) from error
    finally:
        file.seek(0)


def add(file: File[bytes], *, title: str, collection: Collection, user: Any = None, is_sample: bool = False) -> Video:
    """Keep an uploaded file and have everything made of it in the background. Raises `ValidationError`."""
    found = check(file)
    video = Video(
        title=title,
        container=found.kind,
        size=file.size,
        duration=found.duration,
        width=found.width,
        height=found.height,
        collection=collection,
        created_by=user,
        is_sample=is_sample,
    )
    try:
        with transaction.atomic():
            video.file.save("source", file)
            Rendition.objects.bulk_create(Rendition(video=video, kind=kind) for kind in Rendition.Kind)
            transaction.on_commit(partial(make_renditions.enqueue, video.pk))
    except Exception:
        clear(video.file.storage, folder_of(video))
        raise
    return video


def retry(video: Video) -> int:
    """Have what failed or was skipped made again, with the ladder if a film is among it; how many steps that are."""
    without = Q(state__in=[Rendition.State.FAILED, Rendition.State.SKIPPED])
    if video.renditions.filter(without, kind__in=HEIGHTS).exists():
        without |= Q(kind=Rendition.Kind.HLS, state=Rendition.State.DONE)
    number = video.renditions.filter(without).update(
        state=Rendition.State.WAITING, error="", started_at=None, finished_at=None
    )
    transaction.on_commit(partial(make_renditions.enqueue, video.pk))
    return number


def resume() -> int:
    """Have what waits, or was left half-done by a worker that was stopped, made after all; of how many videos."""
    unfinished = Rendition.objects.filter(state__in=[Rendition.State.WAITING, Rendition.State.RUNNING])
    numbers = set(unfinished.values_list("video", flat=True))
    for number in sorted(numbers):
        make_renditions.enqueue(number)
    return len(numbers)


def remove(video: Video) -> None:
    """Delete a video and, once that is certain, its files; old versions of films lose it. Raises `InUse`."""
    folder = folder_of(video)
    with transaction.atomic():
        if films_using(video).exists():
            raise InUse
        forget(video)
        try:
            video.delete()
        except ProtectedError as error:  # a film began to use it a moment ago
            raise InUse from error
        transaction.on_commit(partial(clear, video.file.storage, folder))
