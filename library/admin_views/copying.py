"""„Nowa wersja”: a draft that begins with the text of the version in force."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from elearning.accounts.models import User
from library import numbering
from library.models import DocumentPage, VersionPage
from library.visits import visit_of


@require_http_methods(["GET", "POST"])
def new_version(request: HttpRequest, document: int) -> HttpResponse:
    """Say from what it is made, then make it. Without any version yet, Wagtail's form of a new page."""
    found = get_object_or_404(DocumentPage, pk=document)
    if not isinstance(request.user, User) or not found.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    origin = origin_of(request.user, found)
    if origin is None:
        return redirect("wagtailadmin_pages:add", "library", "versionpage", found.pk)
    if request.method == "GET":
        drafts = VersionPage.objects.child_of(found).filter(live=False).defer_streamfields()
        context = {"document": found, "origin": origin, "number": numbering.next_number(found), "drafts": drafts}
        return render(request, "library/admin/new_version.html", context)
    copy = copied(origin, found, request.user)
    messages.success(request, f"Utworzyliśmy szkic: {copy.title}. Popraw treść i\xa0napisz, co się zmieniło.")
    return redirect("wagtailadmin_pages:edit", copy.pk)


def origin_of(user: User, document: DocumentPage) -> VersionPage | None:
    """The version in force; where there is none, the newest one, drafts included."""
    current = visit_of(user, document).current
    return current or VersionPage.objects.child_of(document).order_by("-number").first()


def copied(origin: VersionPage, document: DocumentPage, user: User) -> VersionPage:
    """A draft with the content of a version and the next number. What is said of the version begins anew."""
    with transaction.atomic():
        parent = numbering.lock(document)
        named = VersionPage()
        numbering.name(named, numbering.next_number(parent))
        anew = {
            name: getattr(named, name) for name in ("number", "title", "draft_title", "slug", "changes", "approved_by")
        }
        copy: VersionPage = origin.copy(
            to=parent,
            update_attrs={**anew, "in_force_on": timezone.localdate(), "go_live_at": None, "expire_at": None},
            copy_revisions=False,
            keep_live=False,
            user=user,
        )
    return copy


def instead_of_copying(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's copy of a version would have its number twice: the way to a new version instead."""
    if page.specific_class is not VersionPage:
        return None
    return redirect(reverse("document_versions:new", args=[page.get_parent().pk]))


URLS = [path("<int:document>/nowa-wersja/", new_version, name="new")]
