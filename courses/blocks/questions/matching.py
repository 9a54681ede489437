"""Pairs to put together."""

from wagtail import blocks

from .base import QuestionBlock, question_feedback, question_text


class PairBlock(blocks.StructBlock):
    """Two things that belong together."""

    left = blocks.CharBlock(label="Element", max_length=300)
    right = blocks.CharBlock(label="Pasująca odpowiedź", max_length=300)

    class Meta:
        icon = "link"
        label = "Para"


class MatchingBlock(QuestionBlock):
    """Pairs, with more answers than pairs if the editor wants."""

    text = question_text()
    pairs = blocks.ListBlock(PairBlock(), label="Pary", min_num=2, max_num=50)
    extra = blocks.ListBlock(
        blocks.CharBlock(label="Odpowiedź", max_length=300),
        label="Odpowiedzi, które do niczego nie pasują",
        default=[],
        required=False,
        max_num=50,
    )
    feedback = question_feedback()

    class Meta:
        icon = "link"
        label = "Dopasuj"
        description = "Pary wybierane z list. Każda dobra para daje tyle samo punktów."
        preview_value = {
            "text": "<p>Dopasuj instytucję do poziomu.</p>",
            "pairs": [{"left": "gmina", "right": "GOPS"}, {"left": "powiat", "right": "PCPR"}],
            "extra": ["ROPS"],
            "feedback": "",
        }
