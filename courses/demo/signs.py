"""A strip of signs for the demo project: two flags in their official proportions and colours, and words.

The programme's real logos are used under a funding agreement and are uploaded by the editors of a real project.
"""

from io import BytesIO
from math import cos, pi, sin

from django.conf import settings
from django.core.files.images import ImageFile
from PIL import Image, ImageDraw, ImageFont
from wagtail.images import get_image_model

from elearning.cms.models import Project

NAME = "Liderzy kooperacji"
FUNDING = (
    "Projekt „Liderzy kooperacji” współfinansowany przez Unię Europejską ze środków Europejskiego Funduszu "
    "Społecznego w ramach Programu Operacyjnego Wiedza Edukacja Rozwój 2014–2020."
)
ALT = (
    "Flaga Polski i napis Rzeczpospolita Polska. "
    "Flaga Unii Europejskiej i napis Unia Europejska, Europejski Fundusz Społeczny."
)
SIZE = (1800, 240)
# Geometry and colours: Interinstitutional Style Guide of the EU, annex A1.
EU_BLUE, EU_YELLOW = "#003399", "#FFCC00"
POLISH_RED = "#DC143C"


def project() -> Project:
    """The demo project, with its strip of signs."""
    existing = Project.objects.filter(name=NAME).first()
    if existing is not None:
        return existing
    image = get_image_model()(title="Znaki projektu (treść przykładowa)", description=ALT)
    image.file = ImageFile(BytesIO(_strip()), name="znaki-projektu.png")
    image.save()
    return Project.objects.create(name=NAME, funding_text=FUNDING, logo_strip=image, logo_strip_alt=ALT)


def _strip() -> bytes:
    strip = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(strip)
    _polish_flag(draw, left=20, top=40, width=256, height=160)
    draw.multiline_text((300, 62), "Rzeczpospolita\nPolska", fill="black", font=_font(48), spacing=12)
    words = "Unia Europejska\nEuropejski Fundusz Społeczny"
    draw.multiline_text((1510, 62), words, fill="black", font=_font(48), spacing=12, align="right", anchor="ra")
    _eu_flag(draw, left=1540, top=40, height=160)
    output = BytesIO()
    strip.save(output, "PNG", optimize=True)
    return output.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = settings.ASSETS_DIR / "source-sans" / "TTF" / "SourceSans3-Regular.ttf"
    return ImageFont.truetype(str(path), size) if path.exists() else ImageFont.load_default(size)


def _polish_flag(draw: ImageDraw.ImageDraw, *, left: int, top: int, width: int, height: int) -> None:
    draw.rectangle((left, top + height // 2, left + width, top + height), fill=POLISH_RED)
    draw.rectangle((left, top, left + width, top + height), outline="#767676", width=2)


def _eu_flag(draw: ImageDraw.ImageDraw, *, left: int, top: int, height: int) -> None:
    """Twelve stars on a circle of a third of the height; each star's circle is an eighteenth of it."""
    width = height * 3 // 2
    draw.rectangle((left, top, left + width, top + height), fill=EU_BLUE)
    for hour in range(12):
        angle = hour * pi / 6
        x = left + width / 2 + height / 3 * sin(angle)
        y = top + height / 2 - height / 3 * cos(angle)
        draw.polygon(_star(x, y, height / 18), fill=EU_YELLOW)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    inner = radius * 0.382  # of a regular five-pointed star
    return [
        (x + (radius, inner)[point % 2] * sin(point * pi / 5), y - (radius, inner)[point % 2] * cos(point * pi / 5))
        for point in range(10)
    ]
