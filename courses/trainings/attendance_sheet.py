"""The attendance list of a day, to sign by hand: a sheet of the documents library, with the signs of the project."""

from courses.models import TrainingPage
from courses.trainings.dates import day_in_words
from elearning.cms.alphabet import alphabetical
from elearning.records.models import Registration
from elearning.records.schedule import Day
from library import outputs, pdf
from library.sheet import NUMBERS, Line, Paragraph, Run, Sheet, Table

# Places for those who come without having registered.
EMPTY_ROWS = 5
MISSING = "\N{WHITE SQUARE}"


def attendance_pdf(page: TrainingPage, day: Day) -> bytes:
    """The list with everybody who has a place, in the order of the Polish alphabet. Four queries.

    A sign that no font has is printed as a square: the list has to be there on the day.
    """
    sheet, signs = sheet_of(page, day), outputs.signs_of(page.project)
    unprintable: set[str] = set()
    while True:
        try:
            return pdf.write(_without(sheet, unprintable), signs=signs, day=day.date)
        except pdf.Unprintable as error:
            if error.sign in unprintable:
                raise
            unprintable.add(error.sign)


def sheet_of(page: TrainingPage, day: Day) -> Sheet:
    """The sheet: what and when, then a row for each person, name and institution, and empty rows. One query."""
    where = ", ".join(filter(None, (page.venue, page.address))) or page.get_mode_display()
    facts = [
        ("", page.title),
        ("Termin: ", day_in_words(day)),
        ("Miejsce: ", where),
        ("Organizator: ", page.organiser),
        ("Prowadzący: ", ", ".join(dict.fromkeys(block.trainer for block in day.blocks if block.trainer))),
    ]
    lines = tuple(
        (Run(label, bold=True), Run(text)) if label else (Run(text, bold=True),) for label, text in facts if text
    )
    rows = [*_people(page), *[("", "")] * EMPTY_ROWS]
    table = Table(
        caption=(),
        head=(NUMBERS, "Imię i\xa0nazwisko", "Instytucja", "Podpis"),
        rows=tuple(
            (_cell(str(number)), _cell(name), _cell(institution), ())
            for number, (name, institution) in enumerate(rows, 1)
        ),
    )
    return Sheet(title="Lista obecności", elements=(Paragraph(lines), table))


def _people(page: TrainingPage) -> list[tuple[str, str]]:
    admitted = Registration.objects.admitted().filter(training=page.pk).select_related("institution")
    found = [(one.last_name, one.first_name, one.institution_label) for one in admitted]
    found.sort(key=lambda one: (alphabetical(one[0]), alphabetical(one[1])))
    return [(f"{last} {first}".strip(), institution) for last, first, institution in found]


def _cell(text: str) -> tuple[Line, ...]:
    return ((Run(text),),) if text else ()


def _without(sheet: Sheet, signs: set[str]) -> Sheet:
    if not signs:
        return sheet
    squares = str.maketrans(dict.fromkeys(signs, MISSING))

    def plain(line: Line) -> Line:
        return tuple(Run(run.text.translate(squares), run.bold, run.blank) for run in line)

    first, table = sheet.elements
    if not isinstance(first, Paragraph) or not isinstance(table, Table):
        raise TypeError(sheet)
    rows = tuple(tuple(tuple(plain(line) for line in cell) for cell in row) for row in table.rows)
    lines = tuple(plain(line) for line in first.lines)
    return Sheet(sheet.title, (Paragraph(lines), Table(table.caption, table.head, rows)))
