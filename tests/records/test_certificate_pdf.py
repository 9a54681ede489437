"""The sheet of a certificate: what it says, how it says it to a screen reader, and that it never changes."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from elearning.records import certificate_pdf
from elearning.records.certificate_facts import Facts, teaching_hours
from tests import pdf

LETTERS = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"


def facts(**changes: object) -> Facts:
    return {  # type: ignore[return-value]
        "layout": 1,
        "number": "MK/2026/000123",
        "code": "7KXM-29BT-QRW4",
        "verification_url": "https://szkolenia.example.pl/zaswiadczenia/7KXM-29BT-QRW4/",
        "name": "Żółć-Śćibor Łęgowska",
        "course": "Kooperacja w gminach wiejskich",
        "hours": 6,
        "form": "online, w swoim tempie",
        "programme": ["Po co kooperacja", "Zespół"],
        "began": "2026-10-01",
        "completed": "2026-10-07",
        "issued": "2026-10-07",
        "result": 87,
        "organiser": "ROPS w Rzeszowie",
        "place": "Rzeszów",
        "signatory_name": "Anna Przykładowa",
        "signatory_function": "Dyrektor",
        "project": "Liderzy kooperacji",
        "funding_text": "Projekt współfinansowany przez Unię Europejską.",
        "logo": "",
        "logo_alt": "Znaki projektu",
        **changes,
    }


def picture(form: str = "PNG", mode: str = "RGBA") -> bytes:
    file = BytesIO()
    Image.new(mode, (600, 80), "navy" if mode != "CMYK" else (255, 255, 0, 0)).save(file, form)
    return file.getvalue()


def structure(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The tagged elements in reading order."""

    def below(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
        if isinstance(node, pikepdf.Array):
            for part in node:
                yield from below(part)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from below(node.K)

    return list(below(document.Root.StructTreeRoot))


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return certificate_pdf.render(facts(), logo=picture())


def test_it_works(sheet: bytes) -> None:
    text = pdf.words(sheet)
    for fact in (
        "Zaświadczenie",
        "MK/2026/000123",
        "Żółć-ŚćiborŁęgowska",
        "„Kooperacjawgminachwiejskich”",
        "6godzindydaktycznych(po45minut)",
        "od1października2026r.do7października2026r.",
        "87%",
        "Zespół",
        "ROPSwRzeszowie",
        "Liderzykooperacji",
        "Rzeszów,7października2026r.",
        "AnnaPrzykładowa",
        "7KXM-29BT-QRW4",
        "szkolenia.example.pl/zaswiadczenia",
    ):
        assert fact in text


def test_it_claims_to_be_no_form_of_a_ministry(sheet: bytes) -> None:
    text = pdf.words(sheet).lower()
    assert not [word for word in ("men", "ministerstw", "rozporządzeni", "druk") if word in text.replace("element", "")]


def test_a_screen_reader_meets_language_title_headings_terms_and_pictures_with_words(sheet: bytes) -> None:
    with pikepdf.open(BytesIO(sheet)) as document:
        assert str(document.Root.Lang).startswith("pl")
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert "Zaświadczenie MK/2026/000123" in str(document.docinfo.Title)
        elements = structure(document)
    kinds = [str(element.S) for element in elements]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 1
    # Five terms about the course, two lines of the programme.
    assert kinds.count("/LI") == 7
    pictures = [str(element.get("/Alt", "")) for element in elements if element.S == "/Figure"]
    assert len(pictures) == 2
    assert all(pictures)


def test_it_declares_the_standards_for_access_and_archives(sheet: bytes) -> None:
    with pikepdf.open(BytesIO(sheet)) as document:
        said = document.open_metadata()
        assert said["pdfuaid:part"] == "1"
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")


def test_its_fonts_are_embedded(sheet: bytes) -> None:
    with pikepdf.open(BytesIO(sheet)) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        embedded = [{"/FontFile2", "/FontFile3"} & set(descriptor.keys()) for descriptor in descriptors]
        names = [str(descriptor.FontName) for descriptor in descriptors]
    assert names
    assert all("SourceSans3" in name for name in names)
    assert all(embedded)


@pytest.mark.parametrize("letter", LETTERS)
def test_each_polish_letter_can_be_copied_out(letters: str, letter: str) -> None:
    assert letter in letters


@pytest.fixture(scope="module")
def letters() -> str:
    return pdf.words(certificate_pdf.render(facts(name=LETTERS)))


def test_the_same_facts_give_the_same_bytes(sheet: bytes) -> None:
    assert certificate_pdf.render(facts(), logo=picture()) == sheet


def test_a_long_name_is_whole_and_never_broken_inside_a_double_name() -> None:
    name = "Maksymiliana Wawrzyniecka-Brzęczyszczykiewicz Śćibor-Żółkiewska"
    sheet = certificate_pdf.render(facts(name=name))
    assert name.replace(" ", "") in pdf.words(sheet)


def test_a_long_programme_goes_on_to_a_second_page_with_the_signature() -> None:
    lines = [f"Moduł {number}: {'bardzo długi tytuł ' * 3}" for number in range(1, 31)]
    sheet = certificate_pdf.render(facts(programme=lines), logo=picture())
    text = pdf.words(sheet)
    with pikepdf.open(BytesIO(sheet)) as document:
        pages = len(document.pages)
    assert pages >= 2
    assert f"strona{pages}z{pages}" in text
    assert all(f"Moduł{number}:" in text for number in range(1, 31))


def test_words_that_look_like_markup_stay_words() -> None:
    sheet = certificate_pdf.render(facts(name='#panic("x") *Jan* $a$ \\ <b>', course='#read("/etc/passwd")'))
    assert '#panic("x")*Jan*$a$\\<b>' in pdf.words(sheet)


def test_what_is_unknown_is_left_out() -> None:
    sheet = certificate_pdf.render(
        facts(
            hours=0, result=None, project="", funding_text="", programme=[], signatory_name="", organiser="", place=""
        )
    )
    text = pdf.words(sheet)
    assert not [label for label in ("Wymiar", "Wynik", "Projekt", "Program", "None") if label in text]


def test_a_sign_without_a_glyph_costs_the_seal_and_not_the_certificate(caplog: pytest.LogCaptureFixture) -> None:
    sheet = certificate_pdf.render(facts(name="李小龍 Łęcka"))
    assert "Łęcka" in pdf.words(sheet)
    assert "without its standards" in caplog.text


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "CMYK"), ("GIF", "P"), ("WEBP", "RGBA"), ("PNG", "LA")])
def test_a_strip_of_any_kind_is_drawn(form: str, mode: str) -> None:
    if mode in {"P", "LA"}:
        file = BytesIO()
        Image.open(BytesIO(picture())).convert(mode).save(file, form)
        strip = file.getvalue()
    else:
        strip = picture(form, mode)
    with pikepdf.open(BytesIO(certificate_pdf.render(facts(), logo=strip))) as document:
        assert len(document.pages[0].Resources.XObject) >= 1


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (1, "1 godzina dydaktyczna (45 minut)"),
        (2, "2 godziny dydaktyczne (po 45 minut)"),
        (10, "10 godzin dydaktycznych (po 45 minut)"),
        (12, "12 godzin dydaktycznych (po 45 minut)"),
        (22, "22 godziny dydaktyczne (po 45 minut)"),
    ],
)
def test_hours_are_counted_in_polish(hours: int, words: str) -> None:
    assert teaching_hours(hours).replace("\xa0", " ") == words
