"""Writing down what a person has watched: the only writer of `Watch`."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from elearning.accounts.models import User
from media.models import FilmPage, Watch
from media.watching import Account, Interval, credited, length, opened, share_of

SALT = "media.viewing"
# What was kept on a device is accepted so long.
LASTS = timedelta(days=30)


class BadSession(ValueError):
    """The page that reports was not opened by this person for this film, or too long ago."""


class NotCounted(ValueError):
    """Nobody knows how long the film is, or it plays elsewhere."""


def open_session(film_id: int, user_id: int) -> str:
    """What a page with a player is given: that it was opened now, by this person, for this film."""
    return signing.dumps([film_id, user_id, int(timezone.now().timestamp() * 1000)], salt=SALT)


def watch_of(user: User, film: FilmPage) -> Watch | None:
    """What this person has watched of it so far. One query."""
    return Watch.objects.filter(user=user, film=film).first()


def is_counted(film: FilmPage) -> bool:
    """Whether we can tell how much of it somebody has seen: it plays here and is so long. Needs `film.video`."""
    return bool(film.video and film.video.duration)


def report(*, user: User, film: FilmPage, token: str, played: Iterable[object], position: int) -> Watch:
    """Add what a page has played: parts `[start, end]` and the place where it is, in milliseconds of the film.

    Only what real time allows is added (`watching.credited`), and nothing is ever taken away, so that it may be
    sent again and from several devices. Two queries and those of a transaction; one more the first time. Raises
    `BadSession` and `NotCounted`. Needs `film.video`.
    """
    started = _started(token, film, user)
    if film.video is None or not film.video.duration:
        raise NotCounted(film.pk)
    duration = film.video.duration
    with transaction.atomic():
        begun = opened(started)
        watch, _is_new = Watch.objects.select_for_update().get_or_create(
            user=user, film=film, defaults={"balance": begun.balance, "counted_at": begun.counted_at}
        )
        account = credited(
            _account(watch), claimed=played, session_started=started, now=timezone.now(), duration=duration
        )
        watch.played = [list(part) for part in account.played]
        watch.watched = length(account.played)
        watch.share = max(watch.share, share_of(account.played, duration))
        watch.position = min(max(0, position), duration)
        watch.balance, watch.counted_at = account.balance, account.counted_at
        watch.save(update_fields=["played", "watched", "share", "position", "balance", "counted_at", "updated_at"])
    return watch


def parts(watch: Watch | None) -> tuple[Interval, ...]:
    """The parts that were watched."""
    return tuple((start, end) for start, end in watch.played) if watch else ()


def _account(watch: Watch) -> Account:
    return Account(played=parts(watch), balance=watch.balance, counted_at=watch.counted_at)


def _started(token: str, film: FilmPage, user: User) -> datetime:
    try:
        film_id, user_id, started = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise BadSession(token) from error
    if (film_id, user_id) != (film.pk, user.pk):
        raise BadSession(token)
    return datetime.fromtimestamp(started / 1000, tz=UTC)
