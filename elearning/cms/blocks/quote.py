"""Somebody's words."""

from wagtail import blocks

from .fields import FieldsBlock


class QuoteBlock(FieldsBlock):
    """Somebody's words, with who said them."""

    quote = blocks.TextBlock(max_length=800)
    author = blocks.CharBlock(max_length=120)
    role = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = "Cytat"
        labels = {"quote": "Słowa", "author": "Autor lub autorka", "role": "Funkcja"}
        hints = {"quote": "Bez cudzysłowów, strona doda je sama."}
        label_format = "{author}"
        template = "blocks/quote.html"
        description = "Dosłowna wypowiedź z podaniem, kto to powiedział."
        preview_value = {
            "quote": "Partnerstwo i współpraca na poziomie gminnym, powiatowym oraz wojewódzkim jest kluczowe.",
            "author": "Jerzy Jęczmienionka",
            "role": "Dyrektor ROPS w Rzeszowie",
        }
