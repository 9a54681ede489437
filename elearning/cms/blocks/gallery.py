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
        """With what each picture needs in HTML. One query, however many pictures there are."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        rows = [photo for photo in value["photos"] if photo["image"] is not None]
        images = {photo["image"].pk: photo["image"] for photo in rows}
        renditions = get_image_model().get_rendition_model().objects
        for image in images.values():
            image.prefetched_renditions = []
        for made in renditions.filter(image__in=images, filter_spec__in=(SMALL, LARGE)):
            images[made.image_id].prefetched_renditions.append(made)
        shown = (_shown(photo, images[photo["image"].pk]) for photo in rows)
        return {**context, "photos": [photo for photo in shown if photo]}


def _shown(photo: Any, image: Any) -> dict[str, Any]:
    """Nothing for a picture whose file is lost or broken."""
    try:
        small, large = image.get_rendition(SMALL), image.get_rendition(LARGE)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return {}
    return {"small": small, "href": large.url, "alt": photo["alt"], "caption": photo["caption"]}
