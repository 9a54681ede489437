"""Questions in and out: GIFT, Moodle XML, QTI 2.1 and 3.0, and in only: Aiken. Pure: bytes in, plain data out.

One module a format, because importing is many to many: one kind of a format becomes one of several kinds of ours.
"""

from .base import Broken, Effect, Format, Found, Image, Problem, Progress, Reading, Written, with_images
from .reading import read, recognise
from .writing import write

__all__ = [
    "Broken",
    "Effect",
    "Format",
    "Found",
    "Image",
    "Problem",
    "Progress",
    "Reading",
    "Written",
    "read",
    "recognise",
    "with_images",
    "write",
]
