"""The strip of signs that a project's paper carries, and the words about its funding. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """A strip for the head of the first page, PNG or JPEG; `alt` says what it shows, `text` stands at the foot."""

    image: bytes
    alt: str
    text: str = ""
