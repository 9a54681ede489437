"""The H5P hub of the site, where an operator names one: `H5P_HUB_URL`. Without it nothing is contacted."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

from h5p import hub
from h5p.django.importing import install_libraries
from h5p.django.models import Library
from h5p.django.permissions import Person

KEPT = 24 * 60 * 60  # seconds for which the hub's list and our id there are kept
_SPOOLED = 4 * 1024 * 1024  # bytes of a package in memory; more goes to a temporary file


@dataclass(frozen=True, slots=True)
class Offer:
    """A content type of the hub, and the newest version of it that is installed; empty where there is none."""

    kind: hub.ContentType
    installed: str

    @property
    def version(self) -> str:
        return ".".join(map(str, self.kind.version))


def is_on() -> bool:
    """Whether the operator named a hub."""
    return bool(getattr(settings, "H5P_HUB_URL", ""))


def offers() -> list[Offer]:
    """What the hub offers. Raises `HubError`. One query, and at most two requests a day."""
    kinds = cache.get(_key("list"))
    if kinds is None:
        kinds = hub.content_types(_hub(), _site(_registered()))
        cache.set(_key("list"), kinds, KEPT)
    installed = _installed(kind.machine_name for kind in kinds)
    return [Offer(kind, installed.get(kind.machine_name, "")) for kind in kinds]


def install(machine_name: str, *, user: Person) -> list[Library]:
    """Download a content type and install its libraries; they wait for consent like uploaded ones.

    Raises `HubError`, `InvalidPackage`, and ValueError for what is no name of a content type.
    """
    with tempfile.SpooledTemporaryFile(_SPOOLED) as package:
        hub.download(_hub(), machine_name, package)  # type: ignore[arg-type]  # a spooled file is a binary file
        package.seek(0)
        return install_libraries(package, user=user, source=Library.Source.HUB)  # type: ignore[arg-type]


def _hub() -> hub.Hub:
    return hub.Hub(address=settings.H5P_HUB_URL)


def _site(identity: str = "") -> hub.Site:
    """This site as the hub knows it: a name that says nothing about it, made of its key."""
    local_id = sha256(f"h5p hub {settings.SECRET_KEY}".encode()).hexdigest()[: hub.LONGEST_LOCAL_ID]
    return hub.Site(local_id=local_id, platform="h5p for Django", platform_version="1.0", id=identity)


def _registered() -> str:
    identity = cache.get(_key("id"))
    if identity is None:
        identity = hub.register(_hub(), _site())
        cache.set(_key("id"), identity, None)
    return str(identity)


def _installed(names: Iterable[str]) -> dict[str, str]:
    """The newest installed version of each content type."""
    rows = Library.objects.filter(machine_name__in=list(names)).order_by("major", "minor", "patch")
    return {row.machine_name: row.version for row in rows.only("machine_name", "major", "minor", "patch")}


def _key(what: str) -> str:
    return f"h5p-hub-{what}-{sha256(settings.H5P_HUB_URL.encode()).hexdigest()[:16]}"
