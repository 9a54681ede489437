"""What the form of a film takes, repairs and refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, Page

from elearning.institutions.models import TerritorialUnit
from media.models import FilmPage
from tests.media import films
from tests.media.films import track

pytestmark = pytest.mark.django_db

SRT = "1\n00:00:01,000 --> 00:00:03,000\nŻółta łódź.\n\n2\n00:00:02,500 --> 00:00:06,000\nPłynie <b>dalej</b>.\n"


def fresh(page: Page) -> FilmPage:
    return FilmPage.objects.get(pk=page.pk)


def stored(page: Page) -> str:
    """The text of the first track of the newest version."""
    tracks = list(fresh(page).get_latest_revision_as_object().tracks.all())
    return str(tracks[0].vtt) if tracks else ""


def file(content: str | bytes, name: str = "napisy.srt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@pytest.fixture
def page(db: None) -> FilmPage:
    return films.film(vtt="", video=films.video(duration=10_000))


def give(client: Client, page: FilmPage, content: str | bytes, **fields: Any) -> Any:
    return films.save(client, page, tracks=[track(upload=file(content))], **fields)


def errors(answer: Any, number: int = 0) -> dict[str, list[str]]:
    found: dict[str, list[str]] = answer.context["form"].formsets["tracks"].forms[number].errors
    return found


def messages(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_a_file_becomes_captions_that_can_be_published(editor: Client, page: FilmPage) -> None:
    films.save(editor, page, "publish", tracks=[track(upload=file(SRT))])
    assert fresh(page).live
    assert stored(page).startswith("WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nŻółta łódź.")


def test_what_was_repaired_is_told_after_saving(editor: Client, page: FilmPage) -> None:
    for action in ("", "publish"):
        told = " ".join(messages(films.save(editor, page, action, tracks=[track(upload=file(SRT))])))
        assert "Napisy (polski), linia 2: Napis nachodził na następny" in told
        assert told.count("nachodził") == 1


def test_captions_lose_their_markup(editor: Client, page: FilmPage) -> None:
    bad = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<script>alert(1)</script><img src=x onerror=alert(1)><i>Tak</i>\n"
    give(editor, page, bad)
    assert "<" not in stored(page)
    assert "Tak" in stored(page)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (SRT.encode("cp1250"), "Windows-1250"),
        (b"\xef\xbb\xbf" + SRT.encode(), "BOM"),
        (SRT.encode("utf-16"), "UTF-16"),
    ],
)
def test_other_encodings_are_read_and_told(editor: Client, page: FilmPage, data: bytes, told: str) -> None:
    answer = give(editor, page, data)
    assert "Żółta łódź." in stored(page)
    assert told in " ".join(messages(answer))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("WEBVTT\n\n00:00:03.000 --> 00:00:01.000\nWstecz\n", "Linia 3: Napis kończy się"),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nTak\n\n00:00:30.000 --> 00:00:31.000\nZa późno\n", "Linia 6: "),
        ("To nie są napisy.", "Linia 1: "),
        (b"\x00\x01\x02\xff\xfe\xfa" * 50, "Linia 1: "),
    ],
)
def test_what_cannot_be_repaired_is_named_by_line(
    editor: Client, page: FilmPage, content: str | bytes, line: str
) -> None:
    answer = give(editor, page, content, title="Wpisany tytuł", transcript="Wpisana treść")
    assert line in errors(answer)["upload"][0]
    text = answer.content.decode()
    assert line in text
    assert 'value="Wpisany tytuł"' in text
    assert "Wpisana treść" in text
    assert "&lt;span" not in text
    assert not fresh(page).tracks.exists()
    assert fresh(page).title == page.title


def test_a_file_of_fifty_megabytes_is_not_read(editor: Client, page: FilmPage) -> None:
    answer = give(editor, page, b"WEBVTT\n\n" + b"a" * 50_000_000)
    assert errors(answer)["upload"] == ["Plik jest za duży. Napisy mogą mieć najwyżej 2\xa0MB."]
    assert not fresh(page).tracks.exists()


def test_a_fault_is_quoted_and_never_run(editor: Client, page: FilmPage) -> None:
    answer = give(editor, page, "WEBVTT\n\n00:00:01 --> <script>alert(1)</script>\nTak\n")
    assert "Linia 3: " in errors(answer)["upload"][0]
    assert "<script>alert(1)" not in answer.content.decode()


def test_an_empty_file_is_refused(editor: Client, page: FilmPage) -> None:
    assert "pusty" in errors(give(editor, page, b""))["upload"][0]


def test_captions_are_edited_by_hand(editor: Client, page: FilmPage) -> None:
    give(editor, page, SRT)
    row = fresh(page).tracks.get()
    answer = films.save(
        editor, page, tracks=[track(id=row.pk, vtt=row.vtt.replace("dalej", "--> wstecz\n99:99 --> x"))]
    )
    assert "Linia 7: " in errors(answer)["vtt"][0]
    assert "dalej" in stored(page)
    films.save(editor, page, tracks=[track(id=row.pk, vtt=row.vtt.replace("\n", "\r\n").replace("dalej", "wstecz"))])
    assert "wstecz" in stored(page)
    assert "\r" not in stored(page)


def test_captions_are_checked_against_the_video_that_is_chosen_now(editor: Client, page: FilmPage) -> None:
    give(editor, page, SRT)
    row = fresh(page).tracks.get()
    for duration, told in ((5_000, "Skróciliśmy go"), (2_000, "film kończy się o 00:00:02.000")):
        short = films.video(duration=duration)
        answer = films.save(editor, page, video=short.pk, tracks=[track(id=row.pk, vtt=row.vtt)])
        assert told in answer.content.decode(), answer.context["form"].errors
    assert "00:00:05.000" in stored(page)


def test_the_stored_file_is_downloaded(editor: Client, page: FilmPage) -> None:
    give(editor, page, SRT)
    text = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    url = reverse("film_captions:file", args=[page.pk, "captions", "pl"])
    assert url in text
    answer = editor.get(url)
    assert answer.content.decode() == stored(page)
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert editor.get(reverse("film_captions:file", args=[page.pk, "captions", "uk"])).status_code == 404


def test_one_language_has_captions_once(editor: Client, page: FilmPage) -> None:
    rows = [track(vtt=films.VTT), track(vtt=films.VTT), track(language="uk", vtt=films.VTT)]
    answer = films.save(editor, page, tracks=rows)
    assert "Takie napisy w\xa0tym języku już są" in errors(answer, 1)["language"][0]
    assert not errors(answer, 0)
    assert not errors(answer, 2)
    assert not fresh(page).tracks.exists()


def test_two_languages_can_change_places(editor: Client, page: FilmPage) -> None:
    films.save(editor, page, tracks=[track(vtt=films.VTT), track(language="uk", vtt=films.VTT)])
    first, second = fresh(page).tracks.all()
    rows = [track(id=first.pk, language="uk", vtt=films.VTT), track(id=second.pk, language="pl", vtt=films.VTT)]
    films.save(editor, page, tracks=rows)
    assert [row.language for row in fresh(page).tracks.all()] == ["uk", "pl"]


def test_captions_never_grow_beyond_what_the_form_can_send(editor: Client, page: FilmPage) -> None:
    long = "WEBVTT\n\n" + "".join(
        f"00:00:{n // 1000:02}.{n % 1000:03} --> 00:00:{(n + 1) // 1000:02}.{(n + 1) % 1000:03}\n{'słowo ' * 12}\n\n"
        for n in range(9_000)
    )
    rows = [track(upload=file(long)), track(language="uk", upload=file(long))]
    answer = films.save(editor, page, tracks=rows)
    assert "za długie" in answer.content.decode()
    assert not fresh(page).tracks.exists()


def test_a_save_in_the_background_takes_a_file_once(editor: Client, page: FilmPage) -> None:
    data = films.form(page, tracks=[track(upload=file(SRT))])
    answer = editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), data, headers={"accept": "application/json"}
    ).json()
    assert answer["success"]
    assert answer["field_updates"]["tracks-0-upload"] == ""
    assert answer["field_updates"]["tracks-0-vtt"] == stored(page)
    assert answer["field_updates"]["tracks-0-id"] == str(fresh(page).tracks.get().pk)


def test_chapters_are_checked_line_by_line(editor: Client, page: FilmPage) -> None:
    answer = films.save(editor, page, chapters="0:00 Początek\nbez czasu\n0:05 Zespół\n0:30 Za późno")
    found = answer.context["form"].errors["chapters"]
    assert len(found) == 2
    assert "Linia 2: " in found[0]
    assert "Linia 4: " in found[1]
    assert "bez czasu" in answer.content.decode()
    assert fresh(page).chapters == ""
    films.save(editor, page, chapters="0:00 Początek\n0:05 Zespół")
    assert fresh(page).chapters


def test_times_of_the_transcript_lie_within_the_film(editor: Client, page: FilmPage) -> None:
    answer = films.save(editor, page, transcript="[0:05] Tak\n\n[0:02] Wstecz\n\n[9:00] Za późno")
    found = answer.context["form"].errors["transcript"]
    assert found == [
        "Czas 0:02 stoi po czasie 0:05.",
        "Czas 9:00 jest po końcu filmu. Film kończy się o\xa00:10.",
    ]
    films.save(editor, page, transcript="Bez czasu\n\n0:02 Raz\n\n[0:05] Dwa")
    assert fresh(page).transcript


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/film",
        "https://youtube.com.example.org/watch?v=aqz-KE-bpKQ",
        "https://vimeo.com/",
        "ftp://x",
    ],
)
def test_only_known_hosting_services_are_linked(editor: Client, page: FilmPage, address: str) -> None:
    answer = films.save(editor, page, video="", external_url=address, external_minutes=3)
    assert answer.context["form"].errors["external_url"]
    assert fresh(page).external_url == ""


def test_a_film_of_a_hosting_service_is_published(editor: Client, page: FilmPage) -> None:
    row = [track(vtt=films.VTT)]
    address = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    films.save(editor, page, "publish", video="", external_url=address, external_minutes=3, tracks=row)
    assert fresh(page).live


def test_a_day_in_the_future_is_refused_in_a_draft_too(editor: Client, page: FilmPage) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = films.save(editor, page, recorded_live_on=tomorrow)
    assert "przyszłości" in answer.context["form"].errors["recorded_live_on"][0]


@pytest.fixture
def foreign(db: None) -> Collection:
    """A collection of which the editors of the site have no part."""
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.filter(
        group__name="Redakcja", permission__content_type__app_label="media"
    ).delete()
    ours = root.add_child(name="Nasze")
    yield Collection.get_first_root_node().add_child(name="Cudze")
    assert ours.pk


@pytest.mark.parametrize("name", ["video", "described_video", "signed_video"])
def test_a_video_of_a_foreign_collection_is_refused(
    editor: Client, page: FilmPage, foreign: Collection, name: str
) -> None:
    stranger = films.video(collection=foreign)
    answer = films.save(editor, page, **{name: stranger.pk})
    assert "Nie możesz użyć tego pliku" in answer.context["form"].errors[name][0]
    films.allow(foreign)
    films.save(editor, page, **{name: stranger.pk})
    assert getattr(fresh(page), f"{name}_id") == stranger.pk


def test_what_somebody_else_chose_stays(editor: Client, foreign: Collection) -> None:
    page = films.film(video=films.video(collection=foreign))
    films.save(editor, page, "publish", title="Nowy tytuł")
    assert fresh(page).live
    assert fresh(page).title == "Nowy tytuł"


def test_the_version_for_blind_people_is_another_file(editor: Client, page: FilmPage) -> None:
    answer = films.save(editor, page, described_video=page.video_id)
    assert "ten sam plik" in answer.context["form"].errors["described_video"][0]


def test_a_transcript_is_made_of_the_captions(editor: Client, page: FilmPage) -> None:
    url = reverse("film_captions:transcript", args=[page.pk])
    assert "Najpierw dodaj napisy" in editor.get(url, follow=True).content.decode()
    films.save(
        editor, page, tracks=[track(language="en", vtt=films.VTT.replace("gmina", "town")), track(vtt=films.VTT)]
    )
    assert "[0:01] Dzień dobry." in editor.get(url).content.decode()
    assert fresh(page).transcript == ""
    editor.post(url)
    draft = fresh(page).get_latest_revision_as_object()
    assert "Powiat i gmina." in draft.transcript
    assert draft.has_unpublished_changes


def test_a_transcript_of_a_published_film_is_a_draft_first(editor: Client, page: FilmPage) -> None:
    films.save(editor, page, "publish", tracks=[track(vtt=films.VTT)], transcript="Dawna")
    editor.post(reverse("film_captions:transcript", args=[page.pk]))
    assert fresh(page).transcript == "Dawna"
    assert "Powiat" in fresh(page).get_latest_revision_as_object().transcript


@pytest.mark.parametrize("group", ["Koordynacja", "Prowadzący"])
def test_who_may_not_edit_gets_no_captions(page: FilmPage, group: str) -> None:
    reader = films.browser_of(films.person(group))
    for url in (
        reverse("film_captions:transcript", args=[page.pk]),
        reverse("film_captions:file", args=[page.pk, "captions", "pl"]),
    ):
        assert reader.get(url).status_code == 302
        assert Client().get(url).status_code == 302


@pytest.fixture
def places(db: None) -> None:
    """Two gminy of one name, their powiaty and their voivodeship."""
    make = TerritorialUnit.objects.create
    region = make(code="20", name="podlaskie", kind="voivodeship")
    for code, name, gmina, kind in (("2007", "łomżyński", "2007022", 2), ("2062", "Łomża", "2062011", 1)):
        county = make(code=code, name=name, kind="county", parent=region)
        make(code=gmina, name="Łomża", kind="commune", commune_type=kind, parent=county)
    make(code="2001", name="augustowski", kind="county", parent=region)


def found_places(client: Client, page: FilmPage, query: str) -> str:
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    chooser = form.fields["place"].widget.get_chooser_modal_url()
    assert client.get(chooser).json()["step"] == "choose"
    return str(client.get(f"{chooser}results/", {"q": query}).content.decode())


@pytest.mark.parametrize("query", ["Łomża", "łomża", "lomza", "lomz", "20620"])
def test_a_place_is_found_by_name_or_code(editor: Client, page: FilmPage, places: None, query: str) -> None:
    found = found_places(editor, page, query)
    assert "2062011" in found
    assert "podlaskie" in found
    assert ("2007022" in found) is (query != "20620")
    assert "augustowski" not in found


def test_the_chosen_place_is_saved(editor: Client, page: FilmPage, places: None) -> None:
    films.save(editor, page, place="2062011")
    assert fresh(page).place_id == "2062011"
    assert "Łomża (gmina miejska)" in editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_versions_of_a_film_are_compared(editor: Client, page: FilmPage) -> None:
    give(editor, page, SRT)
    newest, older = list(fresh(page).revisions.order_by("-pk"))[:2]
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, older.pk, newest.pk])
    assert "Żółta łódź." in editor.get(url).content.decode()


def test_no_poster_is_an_svg(editor: Client, settings: Any) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    answer = editor.post(
        reverse("wagtailimages:add"),
        {"title": "Obraz", "file": SimpleUploadedFile("obraz.svg", svg, "image/svg+xml"), "collection": 1},
    )
    assert answer.context["form"].errors["file"]
    assert "svg" not in settings.WAGTAILIMAGES_EXTENSIONS


def test_the_form_takes_few_queries(editor: Client, django_assert_max_num_queries: Any) -> None:
    page = films.film()
    rows = [track(language=code, vtt=films.VTT) for code in ("pl", "uk", "en", "de")]
    films.save(editor, page, tracks=rows)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    editor.get(url)
    with django_assert_max_num_queries(75):
        editor.get(url)
