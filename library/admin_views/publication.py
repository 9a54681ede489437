"""Ways around a version's form to the public: lists and moderation. Each explains what the form would have said."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page

from library.models import VersionPage
from library.publishing import SETTLED, Obstacle, is_settled, obstacles_of


def hold_back(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """Instead of publishing several pages of which a version may not be published; nothing is."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "publish" or not pages:
        return None
    with_drafts = action.cleaned_form.cleaned_data.get("include_descendants")
    # Of the pages below, Wagtail publishes those that are not on the site.
    found = [
        each for page in pages for each in _versions(page, below=with_drafts) if each.pk == page.pk or not each.live
    ]
    held = [(version, obstacles) for version in found if (obstacles := _in_the_way(version))]
    if not held:
        return None
    context = {"versions": held, "back_to": pages[0].get_parent().pk}
    return render(request, "library/admin/unpublishable_versions.html", context, status=409)


def _versions(page: Page, *, below: bool | None) -> list[VersionPage]:
    """The page if it is a version, and where asked for the versions below it."""
    found = VersionPage.objects.filter(pk=page.pk)
    return list(found | VersionPage.objects.descendant_of(page)) if below else list(found)


def _in_the_way(version: VersionPage) -> tuple[Obstacle, ...]:
    if is_settled(version):
        return (Obstacle("", SETTLED),)
    return obstacles_of(version.get_latest_revision_as_object())


class VersionDecisionView(WorkflowActionView):
    """A decision of moderation that is made in a list. The form of the version asks its own questions."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        obstacles = () if self.action_name == "reject" else _in_the_way(self.object)
        if not obstacles:
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        for obstacle in obstacles:
            messages.error(request, f"„{self.object.get_admin_display_title()}”: {obstacle}")
        edit = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            step: HttpResponse = self.render_modal_json(request, {"step": "success", "redirect": edit})
            return step
        return redirect(edit)
