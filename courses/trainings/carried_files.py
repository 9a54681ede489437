"""An uploaded file between two steps of a form: it travels with the page, and is kept nowhere on the server.

Nothing has to be cleaned up after somebody who closes the page, and what is previewed is what is read in: a signature
ties it to the place it was uploaded to.
"""

import base64
import zlib

from django.conf import settings
from django.core.signing import BadSignature, Signer

# Bytes of a form beside the file: what is ticked and its tokens.
REST = 64 * 1024


class TooLarge(ValueError):
    """A file that is too large for a form even when packed."""


class Tampered(ValueError):
    """What came back is not what was sent with the page."""


def pack(name: str, data: bytes, *, place: str) -> str:
    """The file as the value of a hidden field that is good at `place` only. Raises `TooLarge`."""
    packed = zlib.compress(name.encode() + b"\0" + data, 9)
    value = Signer(salt=f"{__name__}:{place}").sign(base64.urlsafe_b64encode(packed).decode())
    if len(value) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE - REST:
        raise TooLarge(name)
    return value


def unpack(value: str, *, place: str) -> tuple[str, bytes]:
    """The name and the bytes of a file that `pack` made. Raises `Tampered`."""
    try:
        packed = Signer(salt=f"{__name__}:{place}").unsign(value)
    except BadSignature as error:
        raise Tampered(place) from error
    name, _end, data = zlib.decompress(base64.urlsafe_b64decode(packed)).partition(b"\0")
    return name.decode(), data
