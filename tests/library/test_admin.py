"""Documents and versions in the admin: who sees what, ways to a new version, moderation, sample prints."""

from io import BytesIO
from typing import Any

import docx
import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Workflow

from elearning.accounts.models import User
from library import samples
from library.models import DocumentPage, VersionPage
from tests import make
from tests.library import documents, editors
from tests.library.editors import create, errors, latest, save, told

pytestmark = pytest.mark.django_db

REVIEW = "/redakcja/dokumenty/do-przegladu/"
BULK = "/redakcja/bulk/wagtailcore/page/publish/"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def editor(db: None) -> Client:
    return editors.browser_of(editors.person("Redakcja", email="maria@example.org"))


@pytest.fixture
def page(db: None) -> DocumentPage:
    """With a version in force."""
    found = documents.document()
    documents.version(found)
    return DocumentPage.objects.get(pk=found.pk)


def of_branch(page: Page, *codenames: str) -> User:
    """Somebody who edits below that page and nowhere else."""
    group = Group.objects.create(name=f"Region {page.pk}")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for codename in codenames or ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    person = make.user("Ewa", "Regionalna")
    person.groups.add(group)
    return person


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def new_url(page: Page) -> str:
    return reverse("document_versions:new", args=[page.pk])


def version(page: DocumentPage, number: int = 1) -> VersionPage:
    return VersionPage.objects.child_of(page).get(number=number)


def test_a_new_version_begins_with_the_one_in_force(editor: Client, page: DocumentPage) -> None:
    documents.version(page, days=20, paper_title="Przyszła")
    assert "Wersja 3" in editor.get(new_url(page)).content.decode()
    assert VersionPage.objects.count() == 2
    answer = editor.post(new_url(page))
    copy = version(page, 3)
    assert answer.url == edit_url(copy)
    assert (copy.title, copy.slug, copy.live) == ("Wersja 3", "wersja-3", False)
    draft = latest(copy)
    assert (draft.title, draft.number, draft.changes, draft.approved_by) == ("Wersja 3", 3, "", "")
    assert draft.in_force_on == timezone.localdate()
    assert draft.paper_title == ""
    assert draft.document() == version(page).document()
    text = editor.get(edit_url(copy)).content.decode()
    assert "Wersja 3" in text
    again = editor.get(new_url(page)).content.decode()
    assert edit_url(copy) in again


def test_two_new_versions_have_two_numbers(editor: Client, page: DocumentPage) -> None:
    editor.post(new_url(page))
    editor.post(new_url(page))
    assert list(VersionPage.objects.order_by("number").values_list("slug", flat=True)) == [
        "wersja-1",
        "wersja-2",
        "wersja-3",
    ]


def test_without_any_version_the_form_of_the_first(editor: Client) -> None:
    page = documents.document("Nowy")
    assert editor.get(new_url(page)).url == reverse("wagtailadmin_pages:add", args=["library", "versionpage", page.pk])


def test_wagtails_copy_leads_there(editor: Client, page: DocumentPage) -> None:
    url = reverse("wagtailadmin_pages:copy", args=[version(page).pk])
    for answer in (editor.get(url), editor.post(url, {"new_title": "x", "new_slug": "x"})):
        assert answer.url == new_url(page)
    assert VersionPage.objects.count() == 1


def test_a_version_in_force_is_explained_instead_of_edited(editor: Client, page: DocumentPage) -> None:
    for answer in (editor.get(edit_url(version(page))), save(editor, version(page), "publish")):
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Utwórz nową wersję" in text
        assert new_url(page) in text
    answer = editor.post(edit_url(version(page)), editors.form(), headers={"accept": "application/json"})
    assert answer.json()["error_code"] == "blocked_by_hook"
    assert version(page).document().fields


def test_what_is_announced_is_edited(editor: Client, page: DocumentPage) -> None:
    upcoming = documents.version(page, days=5)
    fields = {"in_force_on": documents.day(6), "changes": "Nowa ustawa.", "approved_by": "Zespół"}
    save(editor, upcoming, "publish", **fields)
    assert version(page, 2).in_force_on == documents.day(6)


def test_lists_publish_nothing_that_the_form_would_refuse(editor: Client, page: DocumentPage) -> None:
    draft = documents.version(page, live=False, days=0, changes="")
    good = documents.version(documents.document("Zgoda"), live=False)
    answer = editor.post(f"{BULK}?id={draft.pk}&id={good.pk}", {"include_descendants": ""})
    assert answer.status_code == 409
    assert "co się zmieniło" in answer.content.decode()
    answer = editor.post(f"{BULK}?id={version(page).pk}", {"include_descendants": ""})
    assert "już obowiązuje" in answer.content.decode()
    assert editor.post(f"{BULK}?id={good.pk}", {"include_descendants": ""}).status_code == 302
    assert VersionPage.objects.get(pk=good.pk).live


def test_an_author_submits_and_an_editor_approves(editor: Client, page: DocumentPage) -> None:
    author = editors.person("Autorki i autorzy", email="autorka@example.org")
    client = editors.browser_of(author)
    fields = {"in_force_on": documents.day(0), "approved_by": "Zespół"}
    answer = create(client, page, "submit", **fields)
    assert "changes" in errors(answer)
    create(client, page, "submit", changes="Nowa ustawa.", **fields)
    draft = version(page, 2)
    assert not draft.live
    assert draft.current_workflow_state is not None
    create(client, page, "publish", changes="Nowa ustawa.", **fields)
    assert not version(page, 3).live
    decide(editor, draft, "approve")
    assert version(page, 2).live


def test_moderation_approves_nothing_incomplete(editor: Client, page: DocumentPage) -> None:
    author = editors.person("Autorki i autorzy", email="autorka@example.org")
    draft = documents.version(page, live=False, days=0, changes="")
    draft.owner = author
    draft.save_revision()
    Workflow.objects.get(name="Akceptacja redakcji").start(VersionPage.objects.get(pk=draft.pk), author)
    assert decide(editor, draft, "approve").url == edit_url(draft)
    in_a_dialog = decide(editor, draft, "approve", **{"x-requested-with": "XMLHttpRequest"})
    assert in_a_dialog.json()["redirect"] == edit_url(draft)
    assert not version(page, 2).live
    decide(editor, draft, "reject")
    assert version(page, 2).current_workflow_state.status == "needs_changes"


def decide(client: Client, page: VersionPage, action: str, **headers: str) -> Any:
    state = VersionPage.objects.get(pk=page.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(url, {"comment": ""}, headers=headers)


def test_the_document_lists_its_versions(
    editor: Client, page: DocumentPage, django_assert_max_num_queries: Any
) -> None:
    documents.version(page, days=-10)
    documents.version(page, days=10)
    documents.version(page, days=0, live=False)
    editor.get(edit_url(page))
    with django_assert_max_num_queries(60):
        text = editor.get(edit_url(page)).content.decode()
    for words in (f"archiwalna, od {documents.day(-30):%d.%m.%Y}", f"obowiązuje od {documents.day(-10):%d.%m.%Y}"):
        assert words in text
    assert f"<td>od {documents.day(10):%d.%m.%Y}</td>" in text
    assert "<td>projekt</td>" in text
    assert edit_url(version(page, 4)) in text
    assert edit_url(version(page, 1)) not in text
    assert new_url(page) in text


def test_an_overdue_review_is_told(editor: Client, page: DocumentPage) -> None:
    other = documents.document("Aktualny", review_on=documents.day(1))
    DocumentPage.objects.filter(pk=page.pk).update(review_on=documents.day(-1))
    page.refresh_from_db()
    page.save_revision()
    assert "Minął dzień przeglądu" in editor.get(edit_url(page)).content.decode()
    text = editor.get(REVIEW).content.decode()
    assert "Porozumienie" in text
    assert "Aktualny" not in text
    assert other.live


def test_the_list_of_reviews_costs_the_same_for_many(editor: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        documents.document(f"Wzór {number}", review_on=documents.day(-number - 1))
    editor.get(REVIEW)
    with django_assert_max_num_queries(14):
        text = editor.get(REVIEW).content.decode()
    assert text.index("Wzór 3") < text.index("Wzór 0")


def test_the_menu_has_both_lists(editor: Client, page: DocumentPage) -> None:
    text = editor.get("/redakcja/").content.decode()
    assert REVIEW in text
    assert reverse("reporting:documents") in text


def addresses(page: DocumentPage) -> list[str]:
    """What only those may open who edit the document."""
    found = version(page)
    prints = [reverse("document_versions:print", args=[found.pk, what, "pdf"]) for what in ("przyklad", "pusty")]
    return [new_url(page), edit_url(page), reverse("document_versions:form", args=[found.pk]), *prints]


def test_editors_and_administrators_open_everything(editor: Client, page: DocumentPage) -> None:
    administrator = make.user(is_staff=True, is_superuser=True)
    for client in (editor, editors.browser_of(administrator), editors.browser_of(of_branch(page))):
        for path in addresses(page):
            assert client.get(path).status_code == 200, path


def test_nobody_else_does(page: DocumentPage) -> None:
    elsewhere = of_branch(documents.document("Zachodni"))
    for person in (None, make.user(), elsewhere):
        client = editors.browser_of(person) if person else Client()
        for path in [*addresses(page), REVIEW]:
            if path == REVIEW and person is elsewhere:
                continue
            assert client.get(path).status_code in {302, 403}, path
        assert client.post(new_url(page)).status_code in {302, 403}
        create(client, page)
    assert VersionPage.objects.child_of(page).count() == 1


def test_editors_of_a_branch_review_what_is_theirs(page: DocumentPage) -> None:
    DocumentPage.objects.update(review_on=documents.day(-1))
    other = documents.document("Zachodni", review_on=documents.day(-1))
    text = editors.browser_of(of_branch(other)).get(REVIEW).content.decode()
    assert "Zachodni" in text
    assert "Porozumienie" not in text


def test_a_sample_says_that_it_is_one(editor: Client, page: DocumentPage) -> None:
    draft = documents.version(page, live=False, days=0)
    for what in ("przyklad", "pusty"):
        answer = editor.get(reverse("document_versions:print", args=[draft.pk, what, "docx"]))
        assert answer.headers["Content-Disposition"] == f'attachment; filename="porozumienie-wersja-2-{what}.docx"'
        text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs)
        assert (samples.MARK in text) is (what == "przyklad")
    assert editor.get(reverse("document_versions:print", args=[draft.pk, "przyklad", "pdf"])).content[:5] == b"%PDF-"
    assert editor.get(reverse("document_versions:print", args=[draft.pk, "przyklad", "odt"])).status_code == 404
    assert editor.get(reverse("document_versions:print", args=[draft.pk, "inny", "pdf"])).status_code == 404


def test_the_form_of_a_draft_is_previewed(editor: Client, page: DocumentPage) -> None:
    draft = documents.version(page, live=False, days=0)
    text = editor.get(reverse("document_versions:form", args=[draft.pk])).content.decode()
    assert "Miejsce zawarcia" in text
    assert "<form" not in text.partition("<main")[2].partition("</main>")[0]


def test_a_draft_with_mistakes_is_not_printed(editor: Client, page: DocumentPage) -> None:
    parts = [{"type": "paragraph", "value": {"text": "{{ kto }}"}}]
    draft = documents.version(page, live=False, days=0, parts=parts)
    answer = editor.get(reverse("document_versions:print", args=[draft.pk, "przyklad", "pdf"]))
    assert answer.status_code == 409
    assert "Nieznane pole „kto”" in answer.content.decode()


def test_a_document_keeps_its_address(editor: Client, page: DocumentPage) -> None:
    data = {
        "title": "Porozumienie",
        "slug": "umowa",
        "kind": "template",
        "audience": "institutions",
        "rural": "on",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    answer = editor.post(edit_url(page), {**data, "action-publish": "1"}, follow=True)
    assert "nie może się zmienić" in errors(answer)["slug"][0]
    del data["rural"]
    answer = editor.post(edit_url(page), {**data, "slug": page.slug, "action-publish": "1"}, follow=True)
    assert "co najmniej jeden model" in errors(answer)["urban"][0]
    answer = editor.post(edit_url(page), {**data, "slug": page.slug, "rural": "on"}, follow=True)
    assert "Porozumienie" in told(answer)
