"""Client of an H5P hub: which content types there are, and the packages with their libraries.

Nothing connects by itself, and no address is built in: the operator names the hub and wants it. What a hub sends is as
little trusted as an upload: answers have limits of size and time, redirects are not followed, and a package that was
downloaded goes through `h5p.package.read` like any other.
"""

import http.client
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)
from uuid import UUID

from h5p.documents import parse_json
from h5p.issues import InvalidPackage
from h5p.library import CORE_API
from h5p.names import MACHINE_NAME

_PIECE = 64 * 1024
_MEGABYTE = 1024 * 1024
# A hub answers 422 to a longer one.
LONGEST_LOCAL_ID = 15
LONGEST_TEXT = 5_000
# What urllib and the sockets below it raise where a connection or an answer breaks.
_BROKEN = (URLError, http.client.HTTPException, OSError, ValueError)


class HubError(Exception):
    """The hub did not give what was asked for; the text says what happened, in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A hub by its address, such as `https://hub.example.org/v1`, and how much of it is endured.

    `wait_seconds` is for one piece of an answer, `most_seconds` for the whole of it.
    """

    address: str
    wait_seconds: float = 10
    most_seconds: float = 300
    list_bytes: int = 8 * _MEGABYTE
    package_bytes: int = 200 * _MEGABYTE

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("The address of a hub starts with https:// and has no query.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Who asks. `local_id` has at most 15 characters; `id` is what the hub gave at registration, empty before."""

    local_id: str
    platform: str
    platform_version: str
    id: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.local_id) <= LONGEST_LOCAL_ID:
            raise ValueError(f"local_id has 1 to {LONGEST_LOCAL_ID} characters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentType:
    """A content type that a hub offers. The texts come from the hub and are plain text, not markup."""

    machine_name: str
    version: tuple[int, int, int]
    core_api: tuple[int, int]
    title: str
    summary: str = ""
    owner: str = ""
    license: str = ""
    icon: str = ""
    is_recommended: bool = False
    popularity: int = 0

    @property
    def plays_here(self) -> bool:
        """Whether the player core of this host is new enough for it."""
        return self.core_api <= CORE_API


def register(hub: Hub, site: Site) -> str:
    """Make the site known to the hub; the answer is its id there. Raises HubError."""
    answer = _json(hub, "sites", {"uuid": site.id, "disabled": "0", "type": "network", **_described(site)})
    try:
        return str(UUID(answer["uuid"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise HubError("The hub gave no id for this site.") from error


def content_types(hub: Hub, site: Site) -> tuple[ContentType, ...]:
    """What the hub offers to a registered site, by title. Entries that make no sense are left out. Raises HubError."""
    answer = _json(hub, "content-types/", {"uuid": site.id, "current_cache": "", **_described(site)})
    listed = answer.get("contentTypes")
    if not isinstance(listed, list):
        raise HubError("The hub's answer has no list of content types.")
    found = (_content_type(one) for one in listed if isinstance(one, Mapping))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.title.casefold(), one.machine_name)))


def download(hub: Hub, machine_name: str, target: BinaryIO) -> int:
    """Write the package with the libraries of a content type to `target`; the answer is its size in bytes.

    Nothing of it is checked but its size. What was written before a HubError is incomplete.
    """
    if not MACHINE_NAME.fullmatch(machine_name):
        raise ValueError(machine_name)
    size = 0
    for piece in _pieces(hub, _request(hub, f"content-types/{machine_name}"), hub.package_bytes):
        target.write(piece)
        size += len(piece)
    return size


def _described(site: Site) -> dict[str, str]:
    return {
        "local_id": site.local_id,
        "platform_name": site.platform,
        "platform_version": site.platform_version,
        "h5p_version": ".".join(map(str, CORE_API)),
        "core_api_version": ".".join(map(str, CORE_API)),
    }


def _request(hub: Hub, path: str, form: bytes | None = None) -> Request:
    return Request(f"{hub.address.rstrip('/')}/{path}", form)  # noqa: S310  # `Hub` takes only HTTP addresses


def _json(hub: Hub, path: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Post a form; the answer is a JSON object."""
    data = b"".join(_pieces(hub, _request(hub, path, urlencode(fields).encode()), hub.list_bytes))
    try:
        answer = parse_json(data, path)
    except InvalidPackage as error:
        raise HubError("The hub's answer is no JSON that this host reads.") from error
    if not isinstance(answer, dict):
        raise HubError("The hub's answer is no JSON object.")
    return answer


def _pieces(hub: Hub, request: Request, most: int) -> Iterator[bytes]:
    """The body of an answer in pieces, within the limits of size and time."""
    end, size = time.monotonic() + hub.most_seconds, 0
    try:
        with _opener().open(request, timeout=hub.wait_seconds) as answer:
            while piece := answer.read1(_PIECE):
                size += len(piece)
                if size > most:
                    raise HubError(f"The hub's answer is larger than {most} bytes.")
                if time.monotonic() > end:
                    raise HubError("The hub's answer takes too long.")
                yield piece
            if getattr(answer, "length", 0):
                raise HubError("The hub's answer broke off.")
    except HTTPError as error:
        error.close()
        raise HubError(f"The hub answered {error.code}.") from error
    except _BROKEN as error:
        raise HubError(f"The hub cannot be reached: {error}") from error


def _opener() -> OpenerDirector:
    """Only HTTP, and no redirects: these could lead anywhere, also into the operator's network."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler):
        opener.add_handler(handler())
    return opener


def _content_type(entry: Mapping[str, Any]) -> ContentType | None:
    name = entry.get("id")
    version, core_api = _numbers(entry, "version", 3), _numbers(entry, "coreApiVersionNeeded", 2)
    if not isinstance(name, str) or not MACHINE_NAME.fullmatch(name) or version is None or core_api is None:
        return None
    popularity = entry.get("popularity")
    licence = entry.get("license")
    return ContentType(
        machine_name=name,
        version=(version[0], version[1], version[2]),
        core_api=(core_api[0], core_api[1]),
        title=_text(entry.get("title")) or name,
        summary=_text(entry.get("summary")),
        owner=_text(entry.get("owner")),
        license=_text(licence.get("id") if isinstance(licence, Mapping) else licence),
        icon=_web_address(entry.get("icon")),
        is_recommended=entry.get("isRecommended") is True,
        popularity=popularity if isinstance(popularity, int) else 0,
    )


def _numbers(entry: Mapping[str, Any], key: str, count: int) -> list[int] | None:
    """`{"major": 1, "minor": 16, "patch": 2}` as numbers; None where one is no version number."""
    value = entry.get(key)
    if not isinstance(value, Mapping):
        return None
    numbers = [value.get(part) for part in ("major", "minor", "patch")[:count]]
    sound = [number for number in numbers if type(number) is int and 0 <= number < 100_000]
    return sound if len(sound) == count else None


def _text(value: Any) -> str:
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def _web_address(value: Any) -> str:
    text = _text(value)
    return text if text.startswith("https://") else ""
