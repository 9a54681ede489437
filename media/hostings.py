"""Addresses of films at hosting services, and what is embedded of them. Pure.

The embedded address is always one that we put together of the film's number, never the one that was typed in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

YOUTUBE_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"})
YOUTUBE_EMBEDS = frozenset({"www.youtube-nocookie.com", "youtube-nocookie.com"})
VIMEO_HOSTS = frozenset({"vimeo.com", "www.vimeo.com"})

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([^/]+)/?")
VIMEO_PATH = re.compile(
    r"/(?:(?:channels|groups|showcase|album)/[^/]+/(?:video/|videos/)?)?([0-9]{1,12})(?:/([0-9a-f]+))?/?"
)
VIMEO_PLAYER_PATH = re.compile(r"/video/([0-9]{1,12})/?")
VIMEO_HASH = re.compile(r"[0-9a-f]{1,40}")

UNKNOWN = "Podaj adres filmu w\xa0serwisie YouTube lub Vimeo, na przykład https://www.youtube.com/watch?v=…"
NO_FILM = "Ten adres nie prowadzi do jednego filmu. Otwórz film w\xa0serwisie i\xa0skopiuj jego adres."


@dataclass(frozen=True, slots=True)
class Embed:
    """A film at a hosting service: the service's name, the host that is asked when it plays, the frame's address."""

    name: str
    host: str
    url: str


def read_address(url: str) -> Embed:
    """The film behind an address as people copy it. Raises `ValueError` with a sentence for the field."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        raise ValueError(UNKNOWN) from None
    if parts.scheme not in {"http", "https"} or port not in {None, 80, 443} or parts.username is not None:
        raise ValueError(UNKNOWN)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if host in YOUTUBE_HOSTS | YOUTUBE_EMBEDS or host == "youtu.be":
        return _youtube(host, parts, query)
    if host in VIMEO_HOSTS or host == "player.vimeo.com":
        return _vimeo(host, parts, query)
    raise ValueError(UNKNOWN)


def _youtube(host: str, parts: SplitResult, query: Mapping[str, str]) -> Embed:
    path = YOUTUBE_PATH.fullmatch(parts.path)
    if host == "youtu.be":
        film = parts.path.strip("/")
    elif path is not None:
        film = path[1]
    else:
        film = query.get("v", "") if parts.path.rstrip("/") == "/watch" else ""
    if not YOUTUBE_ID.fullmatch(film):
        raise ValueError(NO_FILM)
    embeds = "www.youtube-nocookie.com"
    return Embed(name="YouTube", host=embeds, url=f"https://{embeds}/embed/{film}?rel=0")


def _vimeo(host: str, parts: SplitResult, query: Mapping[str, str]) -> Embed:
    player = "player.vimeo.com"
    path = (VIMEO_PLAYER_PATH if host == player else VIMEO_PATH).fullmatch(parts.path)
    if path is None:
        raise ValueError(NO_FILM)
    # Films that are not listed open only with this second key.
    key = (path[2] if host != player else None) or query.get("h", "")
    unlisted = f"&h={key}" if VIMEO_HASH.fullmatch(key) else ""
    return Embed(name="Vimeo", host=player, url=f"https://{player}/video/{path[1]}?dnt=1{unlisted}")
