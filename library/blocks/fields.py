"""The fields of a template: one block for each kind of field."""

from typing import Any

from django.core.validators import RegexValidator
from wagtail import blocks

from elearning.cms.blocks import FieldsBlock
from library.structure import MOST_ROWS, NAME, Prefill

ONLY_NAME = RegexValidator(f"^{NAME}$", "Użyj małych liter a–z, cyfr i\xa0znaku _. Zacznij od litery.")
LABELS = {
    "name": "Nazwa w\xa0treści",
    "label": "Etykieta",
    "help": "Podpowiedź",
    "required": "Wymagane",
    "group": "Grupa",
    "prefill": "Wpisz z\xa0danych instytucji",
    "minimum": "Najmniej",
    "maximum": "Najwięcej",
    "decimals": "Miejsca po przecinku",
    "unit": "Jednostka",
    "choices": "Możliwości",
    "columns": "Kolumny",
    "least": "Najmniej wierszy",
    "most": "Najwięcej wierszy",
}
HINTS = {
    "name": "W\xa0treści napiszesz {{ nazwa }}. Zostaw puste, a\xa0zrobimy ją z\xa0etykiety.",
    "group": "Nagłówek, pod którym pole stoi w\xa0formularzu.",
    "choices": "Każda w\xa0osobnej linii.",
    "unit": "Na przykład: dni, osób.",
}


def prefills() -> list[tuple[str, str]]:
    return [
        (Prefill.NOTHING.value, "nic"),
        (Prefill.NAME.value, "nazwa instytucji"),
        (Prefill.ADDRESS.value, "adres instytucji"),
        (Prefill.HEAD.value, "kierowniczka lub kierownik"),
    ]


class FieldBlock(FieldsBlock):
    """What every field has. Its name is made of the label where the editor gives none."""

    name = blocks.CharBlock(required=False, max_length=40, validators=[ONLY_NAME])
    label = blocks.CharBlock(max_length=150)
    help = blocks.CharBlock(required=False, max_length=300)
    required = blocks.BooleanBlock(required=False)
    group = blocks.CharBlock(required=False, max_length=100)

    class Meta:
        label_format = "{label} – {name}"

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        names = {name for name, _ in local_blocks or ()} | set(self.base_blocks)
        kwargs.setdefault("labels", {name: label for name, label in LABELS.items() if name in names})
        kwargs.setdefault("hints", {name: hint for name, hint in HINTS.items() if name in names})
        super().__init__(local_blocks, **kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        cleaned["name"] = cleaned["name"] or name_of(cleaned["label"])
        return cleaned


class TextFieldBlock(FieldBlock):
    """One line of text."""

    prefill = blocks.ChoiceBlock(prefills, required=False, default="")

    class Meta:
        icon = "pilcrow"
        label = "Tekst"


class LongTextFieldBlock(FieldBlock):
    """Text of several lines."""

    class Meta:
        icon = "bars"
        label = "Długi tekst"


class DateFieldBlock(FieldBlock):
    """A day."""

    class Meta:
        icon = "date"
        label = "Data"


class NumberFieldBlock(FieldBlock):
    """A number, with a unit."""

    minimum = blocks.DecimalBlock(required=False)
    maximum = blocks.DecimalBlock(required=False)
    decimals = blocks.IntegerBlock(required=False, default=0, min_value=0, max_value=6)
    unit = blocks.CharBlock(required=False, max_length=20)

    class Meta:
        icon = "order"
        label = "Liczba"


class AmountFieldBlock(FieldBlock):
    """An amount in złoty."""

    minimum = blocks.DecimalBlock(required=False)
    maximum = blocks.DecimalBlock(required=False)

    class Meta:
        icon = "tag"
        label = "Kwota w\xa0zł"


class ChoiceFieldBlock(FieldBlock):
    """One of several."""

    choices = blocks.TextBlock(max_length=5000)

    class Meta:
        icon = "radio-empty"
        label = "Wybór jednej możliwości"


class ChoicesFieldBlock(FieldBlock):
    """Any of several."""

    choices = blocks.TextBlock(max_length=5000)

    class Meta:
        icon = "list-ul"
        label = "Wybór wielu możliwości"


class CheckboxFieldBlock(FieldBlock):
    """Yes or no."""

    class Meta:
        icon = "check"
        label = "Pole do zaznaczenia"


class ColumnsStream(blocks.StreamBlock):
    """Fields that a row has."""

    text = TextFieldBlock()
    long_text = LongTextFieldBlock()
    date = DateFieldBlock()
    number = NumberFieldBlock()
    amount = AmountFieldBlock()
    choice = ChoiceFieldBlock()
    checkbox = CheckboxFieldBlock()

    class Meta:
        min_num = 1


class RowsFieldBlock(FieldBlock):
    """A table that grows."""

    columns = ColumnsStream()
    least = blocks.IntegerBlock(required=False, default=1, min_value=0, max_value=MOST_ROWS)
    most = blocks.IntegerBlock(required=False, default=50, min_value=1, max_value=MOST_ROWS)

    class Meta:
        icon = "table"
        label = "Lista wierszy"


class FieldsStream(ColumnsStream):
    """All fields of a template, in the order of the form."""

    choices = ChoicesFieldBlock()
    rows = RowsFieldBlock()

    class Meta:
        min_num = 0
        required = False


def name_of(label: str) -> str:
    """A name made of a label: „Data zawarcia” → `data_zawarcia`."""
    plain = label.lower().translate(str.maketrans("ąćęłńóśźż", "acelnoszz"))
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in plain).split()
    name = "_".join(words)[:40].strip("_")
    return name if name[:1].isalpha() else f"pole_{name}".strip("_")[:40]
