"""Somebody's words."""

from wagtail import blocks


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with who said them."""

    quote = blocks.TextBlock(max_length=800, label="Słowa", help_text="Bez cudzysłowów, strona doda je sama.")
    author = blocks.CharBlock(max_length=120, label="Autor lub autorka")
    role = blocks.CharBlock(required=False, max_length=200, label="Funkcja")

    class Meta:
        icon = "openquote"
        label = "Cytat"
        template = "blocks/quote.html"
        description = "Dosłowna wypowiedź z podaniem, kto to powiedział."
        preview_value = {
            "quote": "Partnerstwo i współpraca na poziomie gminnym, powiatowym oraz wojewódzkim jest kluczowe.",
            "author": "Jerzy Jęczmienionka",
            "role": "Dyrektor ROPS w Rzeszowie",
        }
