"""What one takes away from evidence: data of charts, their pictures, all figures."""

import csv
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction

from courses.models import LessonPage
from elearning.cms.models import Datum, EvidencePage, HomePage
from tests import make

from .test_pages import chart, datum, evidence

pytestmark = pytest.mark.django_db

HREF = re.compile(r'href="(/wyniki-badan/-/wykresy/[^"]+\.(?:csv|png))"')


@pytest.fixture
def page(site: HomePage) -> EvidencePage:
    rows = [{"datum": datum("596", "osób"), "label": "Osoby", "number": None}]
    rows.append({"datum": datum("419", "podmiotów"), "label": "=1+1", "number": None})
    return evidence(site, [chart(rows=rows)])


def addresses(client: Client) -> tuple[str, str]:
    data, picture = HREF.findall(client.get("/wyniki-badan/").content.decode())
    return data, picture


def rows_of(response: Any) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(content), delimiter=";"))


def test_the_data_of_a_chart_open_in_a_spreadsheet(client: Client, page: EvidencePage) -> None:
    response = client.get(addresses(client)[0])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert rows_of(response) == [
        ["Co", "Ile", "Jednostka", "Źródło", "Czego dotyczy"],
        ["Osoby", "596", "", "Badanie", "2019–2020"],
        ["'=1+1", "419", "", "Badanie", "2019–2020"],
    ]


def test_the_picture_of_a_chart_is_a_picture_with_something_drawn(client: Client, page: EvidencePage) -> None:
    response = client.get(addresses(client)[1])
    assert response["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(b"".join(response.streaming_content))).convert("RGB")
    assert picture.width == 960
    colours = {colour for _count, colour in picture.getcolors(maxcolors=1_000_000) or []}
    assert (0, 82, 165) in colours  # the bars
    assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_a_picture_asked_for_again_is_not_sent_again(client: Client, page: EvidencePage) -> None:
    address = addresses(client)[1]
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_figures_are_one_file(client: Client, page: EvidencePage) -> None:
    rows = rows_of(client.get("/wyniki-badan/-/liczby.csv"))
    assert [row[0] for row in rows] == ["Liczba", "596", "419"]
    Datum.objects.all().delete()
    assert len(rows_of(client.get("/wyniki-badan/-/liczby.csv"))) == 1


def test_charts_of_pages_that_are_closed_or_drafts_are_not_given(client: Client, page: EvidencePage) -> None:
    data, picture = addresses(client)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert [client.get(address).status_code for address in (data, picture)] == [404, 404]
    restriction.delete()
    page.unpublish()
    assert [client.get(address).status_code for address in (data, picture)] == [404, 404]


def test_charts_of_lessons_are_seen_in_lessons_only(client: Client, site: HomePage) -> None:
    course = make.course("Kurs", lessons=0)
    body = [chart(rows=[{"datum": None, "label": "Osoby", "number": 5}])]
    lesson: LessonPage = make.lesson(course, body=body)
    key = "kto-pracowal-000000"
    assert client.get(f"/wyniki-badan/-/wykresy/{lesson.pk}/{key}.csv").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["wykresy/0/x.csv", "wykresy/999999/x.png", "wykresy/1/kto-pracowal.csv", "wykresy/99999999999999999999/x.csv"],
)
def test_what_is_not_there_is_not_found(client: Client, page: EvidencePage, address: str) -> None:
    assert client.get(f"/wyniki-badan/-/{address}").status_code == 404
    assert client.post(f"/wyniki-badan/-/{address}").status_code in {404, 405}
