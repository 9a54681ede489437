"""Pictures side by side, each described."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from .fields import FieldsBlock

SMALL, LARGE = "fill-720x480|format-webp", "max-1600x1600|format-webp"
FILE_NAME = re.compile(r"\S+\.(?:avif|gif|jpe?g|png|webp)", re.IGNORECASE)


class PhotoBlock(FieldsBlock):
    """A picture of a gallery. What it shows is always described: none of them is a decoration."""

    image = ImageChooserBlock()
    alt = blocks.CharBlock(max_length=250)
    caption = blocks.CharBlock(required=False, max_length=250)

    class Meta:
        icon = "image"
        label = "Zdjęcie"
        labels = {"image": "Zdjęcie", "alt": "Co widać na zdjęciu", "caption": "Podpis"}
        hints = {
            "alt": "Opis dla osób, które nie widzą zdjęcia. Napisz, co jest na nim ważne. Nie zaczynaj od „zdjęcie”.",
            "caption": "Widzą go wszyscy pod zdjęciem. Nie musi go być.",
        }
        label_format = "{alt}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if FILE_NAME.fullmatch(cleaned["alt"].strip()):
            message = "To nazwa pliku. Napisz, co widać na zdjęciu."
            raise StructBlockValidationError(block_errors={"alt": ValidationError(message)})
        return cleaned


class GalleryBlock(FieldsBlock):
    """Photos of an event; one whose file is lost is left out."""

    title = blocks.CharBlock(required=False, max_length=120)
    photos = blocks.ListBlock(PhotoBlock(), min_num=1, max_num=40)

    class Meta:
        icon = "image"
        label = "Galeria"
        labels = {"title": "Tytuł galerii", "photos": "Zdjęcia"}
        label_format = "{title}"
        template = "blocks/gallery.html"
        preview_template = "blocks/gallery_preview.html"
        preview_value = {"title": "Spotkanie zespołu"}
        description = "Zdjęcia obok siebie. Każde ma opis dla osób, które go nie widzą."

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """With what each picture needs in HTML. Two queries, however many pictures there are."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        rows = [photo for photo in value["photos"] if photo["image"] is not None]
        keys = {photo["image"].pk for photo in rows}
        images = get_image_model().objects.prefetch_renditions(SMALL, LARGE).in_bulk(keys)
        shown = (_shown(photo, images.get(photo["image"].pk)) for photo in rows)
        return {**context, "photos": [photo for photo in shown if photo]}


def _shown(photo: Any, image: Any) -> dict[str, Any]:
    """Nothing for a picture whose file is lost or broken."""
    if image is None:
        return {}
    try:
        small, large = image.get_rendition(SMALL), image.get_rendition(LARGE)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return {}
    return {"small": small, "href": large.url, "alt": photo["alt"], "caption": photo["caption"]}
