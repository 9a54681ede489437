"""Telephone numbers as people write them, and as telephones dial them."""

import re

from django.core.exceptions import ValidationError

POLAND = "+48"
NATIONAL = 9  # digits
WRITTEN = re.compile(r"\+?[\d ()\xa0-]+\Z")


def validate(number: str) -> None:
    """Refuse what no telephone can dial. Raises `ValidationError`."""
    if not WRITTEN.match(number) or not link(number):
        raise ValidationError("Wpisz numer z\xa0kierunkowym, na przykład 17 747 06 00.")


def link(number: str) -> str:
    """„tel:+48177470600” for „17 747 06 00”; nothing for what is no whole number."""
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+"):
        return f"tel:+{digits}" if len(digits) > NATIONAL else ""
    return f"tel:{POLAND}{digits}" if len(digits) == NATIONAL else ""
