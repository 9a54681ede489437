"""An image with its description."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock as WagtailImageBlock


class FigureImageBlock(blocks.StructBlock):
    """An image, described for those who do not see it or marked as decoration, with an optional caption."""

    image = WagtailImageBlock(label="Obraz i jego opis")
    caption = blocks.CharBlock(required=False, max_length=250, label="Podpis")

    class Meta:
        icon = "image"
        label = "Obraz"
        template = "blocks/image.html"
        description = "Obraz z opisem alternatywnym. Opisz, co wnosi do treści, a ozdobę oznacz jako dekoracyjną."
