"""What a source says of a project: each with its source, so that sources may differ."""

from wagtail import blocks

from .fields import FieldsBlock

SOURCE_LABELS = {"source": "Źródło", "source_url": "Adres źródła"}


class SourcedTextBlock(FieldsBlock):
    """A short fact and who says so."""

    text = blocks.CharBlock(max_length=250)
    source = blocks.CharBlock(max_length=250)
    source_url = blocks.URLBlock(required=False)

    class Meta:
        icon = "calendar"
        label = "Informacja ze źródłem"
        labels = {"text": "Informacja", **SOURCE_LABELS}
        label_format = "{text}"


class AmountBlock(FieldsBlock):
    """An amount of money, what it is about, and who says so."""

    amount = blocks.DecimalBlock(min_value=0, max_digits=14, decimal_places=2)
    about = blocks.CharBlock(required=False, max_length=120)
    source = blocks.CharBlock(max_length=250)
    source_url = blocks.URLBlock(required=False)

    class Meta:
        icon = "pick"
        label = "Kwota"
        labels = {"amount": "Kwota w\xa0złotych", "about": "Czego dotyczy", **SOURCE_LABELS}
        hints = {"about": "Na przykład „pierwsza umowa” albo „po przedłużeniu projektu”."}
        label_format = "{amount}"


class PartnerBlock(FieldsBlock):
    """A partner of a project."""

    name = blocks.CharBlock(max_length=200)
    about = blocks.CharBlock(required=False, max_length=200)
    url = blocks.URLBlock(required=False)

    class Meta:
        icon = "group"
        label = "Partner"
        labels = {"name": "Nazwa", "about": "Kto działa w\xa0jego imieniu albo w\xa0jakiej roli", "url": "Strona"}
        label_format = "{name}"
