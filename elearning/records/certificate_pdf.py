"""Draws the sheet of a certificate: PDF/UA-1 and PDF/A-2a in one file, drawn by Typst from the frozen facts.

The text reaches the template as data, so that nothing in a name or a title can become markup. Same facts, same bytes.
"""

import json
import logging
import shutil
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from PIL import Image

from . import certificate_facts
from .certificate_facts import Facts

logger = logging.getLogger(__name__)

TEMPLATE = settings.BASE_DIR / "templates" / "records" / "certificate.typ"
FONTS = settings.ASSETS_DIR / "source-sans" / "TTF"
# Archives keep it, and screen readers read it; both refuse a sign without a glyph or a picture without words.
STANDARDS = ["ua-1", "a-2a"]
# 600 dots an inch over the width of the sheet: enough for print, and small.
STRIP_WIDTH = 4000


def render(facts: Facts, *, logo: bytes = b"") -> bytes:
    """The PDF of a certificate. `logo` are the bytes of its strip of signs, in any format that Pillow reads."""
    with tempfile.TemporaryDirectory(prefix="certificate-") as folder:
        root = Path(folder)
        shutil.copyfile(TEMPLATE, root / "certificate.typ")
        segno.make(facts["verification_url"], error="m").save(str(root / "qr.svg"), border=0, dark="#0b2545")
        if logo:
            _strip(logo).save(root / "logo.png", optimize=True)
        (root / "facts.json").write_text(json.dumps(_words(facts, has_logo=bool(logo))), encoding="utf-8")
        try:
            return _compile(root, facts, STANDARDS)
        except typst.TypstError as error:
            # A sign that none of the fonts has costs the seal of the standards, never the certificate.
            logger.warning("Certificate %s is drawn without its standards: %s", facts["number"], error)
            return _compile(root, facts, [])


def _compile(root: Path, facts: Facts, standards: list[Any]) -> bytes:
    issued = datetime.fromisoformat(facts["issued"]).replace(hour=12, tzinfo=UTC)
    return typst.compile(
        root / "certificate.typ",
        root=root,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=standards,
        timestamp=int(issued.timestamp()),
    )


def _words(facts: Facts, *, has_logo: bool) -> dict[str, Any]:
    """The facts as the template prints them."""
    is_training = bool(facts.get("attended"))
    return {
        "statement": certificate_facts.COURSE_COMPLETED,
        "programme_title": "Program" if is_training else certificate_facts.COURSE_PROGRAMME,
        **facts,
        # The organiser already stands at the head of the sheet.
        "rows": [row for row in certificate_facts.course_rows(facts) if row[1] != facts["organiser"]],
        "place_and_day": ", ".join(filter(None, (facts["place"], certificate_facts.day(facts["issued"])))),
        "has_logo": has_logo,
        "verification_page": facts["verification_url"].partition("://")[2].rsplit("/", 2)[0],
    }


def _strip(logo: bytes) -> Image.Image:
    """The strip on white, in the colours of the screen, no larger than print needs."""
    with Image.open(BytesIO(logo)) as image:
        image.load()
        opaque = Image.new("RGB", image.size, "white")
        opaque.paste(image.convert("RGB"), mask=image.convert("RGBA").getchannel("A"))
    opaque.thumbnail((STRIP_WIDTH, STRIP_WIDTH))
    return opaque
