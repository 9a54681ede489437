"""Pictures inside files of questions: what they are, and how they stand in a text that carries them."""

import base64
import binascii
import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote_to_bytes

from courses.questions.choices import Option

from .base import IMAGE, Found, Image

MAX_IMAGE = 5 * 1024 * 1024  # bytes; a photograph from a phone has 3 MB

DATA = re.compile(r"data:image/[\w.+-]+(;base64)?,(.*)", re.DOTALL)
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


def media_type(content: bytes) -> str:
    """What kind of picture the content is, by its first bytes; "" for anything we do not show, such as SVG."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return ""


def from_data(address: str) -> bytes | None:
    """The picture that an address carries in itself (RFC 2397), or None."""
    found = DATA.fullmatch(address)
    if found is None:
        return None
    try:
        return base64.b64decode(found[2], validate=False) if found[1] else unquote_to_bytes(found[2])
    except (binascii.Error, ValueError):
        return None


def as_data(image: Image) -> str:
    """The address that carries the picture in itself."""
    return f"data:{image.media_type};base64,{base64.b64encode(image.content).decode()}"


def addressed(text: str, addresses: Mapping[str, str]) -> str:
    """Our rich text with other addresses of its images. One without an address goes, and its description stays."""

    def markup(found: re.Match[str]) -> str:
        address = addresses.get(found[1])
        return f'<img src="{html.escape(address)}" alt="{found[2]}"/>' if address else found[2]

    return IMAGE.sub(markup, text)


def own_images(question: Found) -> Callable[[str, str], str | None]:
    """How a cleaner of texts must treat the images of a question that is being written: as they are."""
    known = {image.source for image in question.images}
    return lambda source, alt: f'<img src="{source}" alt="{html.escape(alt)}"/>' if source in known else None


def option_image(option: Option, question: Found) -> str:
    """The image of an option as it stands in our rich text; nothing where the question does not bring it."""
    image = option.image or {}
    return own_images(question)(str(image.get("src", "")), str(image.get("alt", ""))) or ""


def file_names(question: Found, prefix: str = "") -> dict[str, str]:
    """A name for the file of each image, by its source: no two alike, safe in a package and in an address."""
    return {
        image.source: f"{prefix}{number}.{SUFFIXES.get(image.media_type, 'bin')}"
        for number, image in enumerate(question.images, start=1)
    }
