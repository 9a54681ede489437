"""Signed addresses that expire.

A sandboxed frame sends no cookies, so the address of a content is itself the right to read it: it names a version, and
it lives for half a day to a day. Everybody who opens the version in one half of a day gets the same address, so that
browsers may keep what they have read.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer

SLOT = 12 * 60 * 60  # seconds
SALT = "h5p.django.tokens"


class BadToken(ValueError):
    """The address was not made by this site, or its time is over."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What an address allows: to play one version; in a preview also with libraries that wait for consent."""

    version_id: int
    is_preview: bool = False


def sign(grant: Grant, *, now: datetime) -> str:
    """The token of an address, for the half of a day that begins next at the latest."""
    slot = int(now.timestamp()) // SLOT
    return _signer().sign(f"{grant.version_id}.{slot}.{int(grant.is_preview)}")


def read(token: str, *, now: datetime) -> Grant:
    """What a token allows. Raises `BadToken`."""
    try:
        version, slot, preview = _signer().unsign(token).split(".")
    except BadSignature as error:
        raise BadToken(token) from error
    if not 0 <= int(now.timestamp()) // SLOT - int(slot) <= 1:
        raise BadToken(token)
    return Grant(int(version), preview == "1")


def _signer() -> Signer:
    return Signer(salt=SALT, sep="~")
