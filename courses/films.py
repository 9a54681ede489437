"""Films of a course as their player meets them."""

from django.urls import reverse

from courses.wording import whole_percent
from elearning.accounts.models import User
from elearning.records.outline import Item, Outline
from media import access, library, playing
from media.access import Person
from media.models import FilmPage


def film_of(item: Item, user: Person) -> FilmPage | None:
    """The film that is watched there; None where it is gone, or not for this person. Two queries."""
    return _watched(item.film.film_id, user) if item.film else None


def player(item: Item, outline: Outline, user: User) -> playing.Player | None:
    """What `media/player.html` shows of a film to a learner. None for a film that is not there for this person."""
    film = film_of(item, user)
    if film is None or item.film is None:
        return None
    save_url = reverse("courses:film", args=[outline.url.split("/")[2], item.id])
    return playing.player_context(film, user=user, save_url=save_url, share=whole_percent(item.film.share))


def shown(film_id: int, user: Person) -> playing.Player | None:
    """The same where nothing of the lesson is counted: an editor's preview, a film of another service."""
    film = _watched(film_id, user)
    return playing.player_context(film, user=user) if film else None


def _watched(film_id: int, user: Person) -> FilmPage | None:
    film = FilmPage.objects.filter(pk=film_id).select_related(*library.PARTS).first()
    return film if film is not None and access.may_watch(user, film) else None
