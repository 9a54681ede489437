"""An image with its description."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock as WagtailImageBlock

from .fields import FieldsBlock


class DescribedImageBlock(WagtailImageBlock):
    """Wagtail's image with its alternative text; Wagtail leaves the chooser without a Polish name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks["image"].label = "Obraz"


class FigureImageBlock(FieldsBlock):
    """An image, described for those who do not see it or marked as decoration, with an optional caption."""

    image = DescribedImageBlock()
    caption = blocks.CharBlock(required=False, max_length=250)

    class Meta:
        icon = "image"
        label = "Obraz"
        labels = {"image": "Obraz i jego opis", "caption": "Podpis"}
        label_format = "{caption}"
        template = "blocks/image.html"
        preview_template = "blocks/image_preview.html"
        preview_value = {"caption": "Spotkanie zespołu"}
        description = "Obraz z opisem alternatywnym. Opisz, co wnosi do treści, a ozdobę oznacz jako dekoracyjną."
