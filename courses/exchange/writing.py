"""Writing questions to a file of one of the formats."""

from collections.abc import Callable, Mapping, Sequence

from . import gift_writer, moodle_writer, qti
from .base import Format, Found, Written

WRITERS: Mapping[Format, Callable[[Sequence[Found]], Written]] = {
    Format.GIFT: gift_writer.write,
    Format.MOODLE_XML: moodle_writer.write,
    Format.QTI_2_1: lambda questions: qti.write(questions, "2.1"),
    Format.QTI_3_0: lambda questions: qti.write(questions, "3.0"),
}


def write(questions: Sequence[Found], format: Format) -> Written:
    """The questions as one file, with a problem for each that is left out or not whole in this format.

    Links and images of the editor's own rich text must be addresses and `Image`s by then. Raises `InvalidQuestion`.
    """
    return WRITERS[format](questions)
