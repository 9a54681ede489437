"""Editing versions: numbers are given under a lock, and a version in force is explained instead of edited."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from library import numbering, publishing
from library.models import DocumentPage, VersionPage
from library.timeline import State
from library.visits import visit_of

SEND_YOURSELF = "Plik wyślesz przyciskiem „Zapisz szkic”."


class VersionCreateView(CreateView):
    """Wagtail's form of a new page. Two tabs do not give the same number: the document is locked while one saves."""

    parent_page: Page

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.expects_json_response and request.FILES:
            refused: HttpResponse = self.json_error_response("file", SEND_YOURSELF)
            return refused
        with transaction.atomic():
            self.parent_page = numbering.lock(self.parent_page)
            answer: HttpResponse = super().post(request)
        return answer


class VersionEditView(EditView):
    """Wagtail's form of a page. What is read from a file is shown at once, so a file is not sent in the background."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse
        if self.expects_json_response and request.FILES:
            answer = self.json_error_response("file", SEND_YOURSELF)
        else:
            answer = super().post(request, *args, **kwargs)
        return answer


def explain_settled(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of the form of a version whose day has come: why it stays as it is, and the way to a new one."""
    if not isinstance(page, VersionPage) or not publishing.is_settled(page):
        return None
    version = VersionPage.objects.get(pk=page.pk)
    document = DocumentPage.objects.parent_of(version).get()
    context = {
        "version": version,
        "document": document,
        "is_current": visit_of(request.user, document).state_of(version) is State.CURRENT,
        "may_add": document.permissions_for_user(request.user).can_add_subpage(),
    }
    return render(request, "library/admin/settled_version.html", context, status=409)


def tell_fields(request: HttpRequest, page: Page) -> None:
    """After saving: what was read from a marked file that the editor gave."""
    for text in getattr(page, "told_of_fields", ()):
        messages.info(request, text)
