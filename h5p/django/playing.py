"""What the page around a player and the page in its frame need to know.

The page in the frame is the same for everybody; what belongs to a person stays in the page around it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from h5p.description import parse_description
from h5p.django.bundles import Piece, bundle
from h5p.django.filtered import params_of
from h5p.django.models import Attempt, ContentVersion, Library
from h5p.django.registry import name_of
from h5p.django.results import Activity, states_for
from h5p.django.tokens import Grant, sign
from h5p.library import Library as CoreLibrary
from h5p.localisation import core_strings
from h5p.player import Playable, integration
from h5p.policies import CompletionPolicy
from h5p.resolution import Resolution
from h5p.resolution import scripts as resolution_scripts
from h5p.resolution import styles as resolution_styles

_OF_ATTEMPTS = ("key", "number", "version_id", "finished_at")
CORE_SCRIPTS = ("vendor/h5p-standalone/dist/frame.bundle.js",)
CORE_STYLES = ("styles/h5p.css",)
# What contents show of their h5p.json: who made them, under which terms.
METADATA = (
    *("authors", "authorComments", "changes", "license", "licenseExtras", "licenseVersion", "source"),
    *("yearFrom", "yearTo", "a11yTitle", "defaultLanguage"),
)
# What a content may do in its frame. Without allow-same-origin it reaches nothing of the site.
SANDBOX = "allow-scripts allow-downloads allow-modals"
LOGOUT_FORM = 'form[action$="/logout/"]'  # the site's own; logging out waits for what is not saved yet
NEWEST = "h5p"  # the query parameter that names the activity whose newest version is to be played
VERSIONS = ContentVersion.objects.select_related("content", "main_library")


class NotPlayable(Exception):
    """Why a content does not play; the words are for the person who wanted to play it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """For whom the page in the frame is: learners, authors in a preview, or another site (`is_alone`)."""

    token: str
    is_preview: bool = False
    is_alone: bool = False


def addresses(origin: str, token: str) -> list[str]:
    """Where the frame may load from: the player, libraries, bundles, and the files of its content."""
    core = reverse("h5p:core_file", args=["x"])[:-1]
    own = [f"{settings.STATIC_URL}vendor/h5p-standalone/", f"{settings.STATIC_URL}h5p/", core, *_folders(token)]
    return [urljoin(f"{origin}/", address) for address in own]


def check_trust(states: Iterable[str], *, is_preview: bool = False) -> None:
    """Authors preview what waits for consent; what is blocked plays for nobody. Raises `NotPlayable`."""
    found = set(states)
    if Library.Trust.BLOCKED in found:
        raise NotPlayable(_("This content uses a library that is blocked here."))
    if not is_preview and Library.Trust.QUARANTINED in found:
        raise NotPlayable(_("This content is being checked. Come back later."))


def player_context(
    version: ContentVersion,
    *,
    activity: Activity | None = None,
    user: AbstractBaseUser | None = None,
    save_url: str = "",
    newest: bool = False,
    is_preview: bool = False,
) -> dict[str, Any]:
    """What `h5p/player.html` shows of a version; with an activity, a person and an address it also keeps results.

    Whoever is in the middle of an older version goes on with that one, unless they asked for the `newest`. Needs
    `version.content`. One query; with a person two or three more.
    """
    kept: dict[str, Any] = {}
    if activity and user and save_url:
        version, kept = _kept(version, activity, user, newest=newest)
        kept["save_url"] = save_url
    refusal = _refusal(version, is_preview=is_preview)
    token = sign(Grant(version.pk, is_preview=is_preview), now=timezone.now())
    return {
        "refusal": refusal,
        "src": reverse("h5p:player", args=[token]),
        "title": activity.title if activity else version.content.title,
        "sandbox": SANDBOX,
        "lazy": not is_preview,
        "version_id": version.pk,
        **kept,
    }


def _kept(
    version: ContentVersion, activity: Activity, user: AbstractBaseUser, *, newest: bool
) -> tuple[ContentVersion, dict[str, Any]]:
    """The version this person plays, and what was saved of it."""
    attempts = list(Attempt.objects.filter(user=user.pk, activity=activity.key).order_by("number").only(*_OF_ATTEMPTS))
    last = attempts[-1] if attempts else None
    is_open = last is not None and last.finished_at is None
    newer_url = ""
    if is_open and last and last.version_id != version.pk and not newest:
        older = VERSIONS.filter(pk=last.version_id, content=version.content_id).first()
        if older:
            version, newer_url = older, f"?{NEWEST}={activity.key}"
    goes_on = is_open and last and last.version_id == version.pk
    is_viewed = any(attempt.finished_at for attempt in attempts)
    return version, {
        "person": user.pk,
        "attempt": last.key if goes_on and last else uuid4(),
        "states": states_for(user, activity.key, version.pk),
        "newer_url": newer_url,
        "asks_for_completion": activity.policy is CompletionPolicy.VIEWED and not is_viewed,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "logout_form": LOGOUT_FORM,
    }


def _refusal(version: ContentVersion, *, is_preview: bool) -> str:
    """Why a version does not play; empty where it does."""
    states = Library.objects.filter(pins__version=version).exclude(trust=Library.Trust.TRUSTED)
    try:
        check_trust(states.values_list("trust", flat=True), is_preview=is_preview)
    except NotPlayable as error:
        return str(error)
    return ""


def frame_context(version: ContentVersion, frame: Frame, *, origin: str) -> dict[str, Any]:
    """What the page in the frame shows. Raises `NotPlayable`."""
    rows = list(Library.objects.filter(pins__version=version).order_by("pins__weight").defer("semantics", "languages"))
    check_trust((row.trust for row in rows), is_preview=frame.is_preview)
    resolution = Resolution(tuple(_described(row) for row in rows))
    scripts = [Piece(asset.library.tree_hash, asset.path) for asset in resolution_scripts(resolution)]
    styles = [Piece(asset.library.tree_hash, asset.path) for asset in resolution_styles(resolution)]
    script_bundle, style_bundle = bundle(scripts, "js"), bundle(styles, "css")
    singles = {"scripts": _singles(scripts), "styles": _singles(styles)}
    return {
        "title": version.content.title,
        "language": get_language() or "en",
        "integration": integration(_playable(version, rows, frame, singles, origin=origin)),
        "settings": {**singles, "bundled": script_bundle is not None, "alone": frame.is_alone},
        "content_id": version.pk,
        "core_scripts": [static(path) for path in CORE_SCRIPTS],
        "core_styles": [reverse("h5p:core_file", args=[path]) for path in CORE_STYLES],
        "scripts": [reverse("h5p:bundle", args=[script_bundle])] if script_bundle else singles["scripts"],
        "styles": [] if style_bundle else singles["styles"],
        "style_bundle": reverse("h5p:bundle", args=[style_bundle]) if style_bundle else "",
    }


def _described(row: Library) -> CoreLibrary:
    """A row as the core knows it, without the semantics and translations, which play no part here."""
    return CoreLibrary(parse_description(row.description, folder=name_of(row).folder), row.tree_hash)


def _singles(pieces: Sequence[Piece]) -> list[str]:
    return [reverse("h5p:library_file", args=[piece.tree_hash, piece.path]) for piece in pieces]


def _folders(token: str) -> list[str]:
    """The folders of bundles, libraries and this content's files, as addresses that end with a slash."""
    probes = (("h5p:bundle", ["x"]), ("h5p:library_file", ["x", "x"]), ("h5p:content_file", [token, "x"]))
    ends = (1, 3, 1)
    return [reverse(name, args=args)[:-end] for (name, args), end in zip(probes, ends, strict=True)]


def _playable(
    version: ContentVersion, rows: Sequence[Library], frame: Frame, singles: Mapping[str, Sequence[str]], *, origin: str
) -> Playable:
    """The version as the core's player takes it, with absolute addresses."""
    _bundles, libraries, files = _folders(frame.token)
    main = next(row for row in rows if row.pk == version.main_library_id)
    return Playable(
        id=str(version.pk),
        library=name_of(main),
        title=version.content.title,
        params=params_of(version),
        site_url=origin,
        url=f"{origin}{reverse('h5p:public', args=[version.content.key])}".rstrip("/"),
        content_url=f"{origin}{files}".rstrip("/"),
        libraries_url=f"{origin}{libraries}".rstrip("/"),
        directories={name_of(row).folder: row.tree_hash for row in rows},
        metadata={name: version.manifest[name] for name in METADATA if name in version.manifest},
        language=version.manifest.get("language") or "und",
        core_strings=core_strings(get_language() or "en"),
        fullscreen=bool(main.description.get("fullscreen")),
        scripts=singles["scripts"],
        styles=singles["styles"],
    )
