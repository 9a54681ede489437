"""Ways around a film's form to the public: lists, copies, moderation. Each explains what the form would have said."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from media.models import FilmPage
from media.publishing import obstacles_of

# Repairs that are told one by one after saving.
MOST_TOLD = 10


def tell_repairs(request: HttpRequest, page: Page) -> None:
    """After saving: what was repaired in captions that the editor gave."""
    told = getattr(page, "repaired_captions", ())
    for text in told[:MOST_TOLD]:
        messages.warning(request, text)
    if len(told) > MOST_TOLD:
        messages.warning(request, f"Poprawek w\xa0napisach jest więcej, razem: {len(told)}.")


def hold_back(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """Instead of publishing several pages of which a film may not be published; nothing is."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "publish" or not pages:
        return None
    with_drafts = action.cleaned_form.cleaned_data.get("include_descendants")
    # Of the pages below, Wagtail publishes those that are not on the site.
    films = [film for page in pages for film in _films(page, below=with_drafts) if film.pk == page.pk or not film.live]
    return _explain(request, [film.get_latest_revision_as_object() for film in films], pages[0].get_parent())


def hold_back_copies(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of copying published films that may not be published any more."""
    is_public = request.POST.get("publish_copies") or request.POST.get("alias")
    if request.method != "POST" or not is_public:
        return None
    films = [film for film in _films(page, below=bool(request.POST.get("copy_subpages"))) if film.live]
    return _explain(request, films, page.get_parent())


def _films(page: Page, *, below: bool | None) -> list[FilmPage]:
    """The page if it is a film, and where asked for the films below it."""
    found = FilmPage.objects.filter(pk=page.pk)
    return list(found | FilmPage.objects.descendant_of(page)) if below else list(found)


def _explain(request: HttpRequest, films: list[Any], parent: Page) -> HttpResponse | None:
    held = [(film, obstacles) for film in films if (obstacles := obstacles_of(film))]
    if not held:
        return None
    context = {"films": held, "back_to": parent.pk}
    return render(request, "media/admin/unpublishable_films.html", context, status=409)


class FilmDecisionView(WorkflowActionView):
    """A decision of moderation that is made in a list. The form of the film asks its own questions."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        obstacles = () if self.action_name == "reject" else obstacles_of(self.object.get_latest_revision_as_object())
        if not obstacles:
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        for obstacle in obstacles:
            messages.error(request, f"„{self.object.get_admin_display_title()}”: {obstacle.text}")
        edit = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            step: HttpResponse = self.render_modal_json(request, {"step": "success", "redirect": edit})
            return step
        return redirect(edit)


class FilmPageViewSet(PageViewSet):
    """Wagtail's own views of a page, but for one."""

    model = FilmPage
    workflow_action_view_class = FilmDecisionView
