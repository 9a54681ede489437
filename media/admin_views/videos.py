"""Uploaded videos in the admin: the list, a new one, and what is made of one."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Collection

from elearning.cms.delivery import deliver
from elearning.cms.templatetags.polish import file_size
from media import ffmpeg, playing, renditions, videos
from media.models import Rendition, Video
from media.permissions import may, may_add, may_open, may_see, seen_by
from media.transcripts import clock
from media.uses import films_using, titles_by_video
from media.video_forms import SettingsForm, UploadForm

Kind, State = Rendition.Kind, Rendition.State
FINISHED = {State.DONE, State.FAILED, State.SKIPPED}
# What an editor can look at; a ladder is no single file.
TYPES: dict[str, str] = {
    Kind.POSTER: "image/jpeg",
    Kind.P720: "video/mp4",
    Kind.P360: "video/mp4",
    Kind.AUDIO: "audio/mp4",
}
MOST_SHOWN = 50
OTHER_FIELDS = 64 * 1024  # bytes of a form besides its file


def length(video: Video) -> str:
    """„1:05”, or a dash where nobody knows."""
    return clock(video.duration) if video.duration is not None else "–"


def progress(video: Any) -> str:
    """How far the work on a video of the list is; `waiting`, `failed` are counted by the list."""
    if video.failed:
        return "nie wszystko się udało"
    return "w\xa0toku" if video.waiting else "gotowe"


class VideoFilterSet(WagtailFilterSet):
    """By collection."""

    collection = django_filters.ModelChoiceFilter(queryset=Collection.objects.all(), label="Kolekcja")

    class Meta:
        model = Video
        fields = ["collection"]


class VideoIndexView(IndexView):
    """The videos that the person may see."""

    model = Video
    index_url_name = "film_videos:index"
    index_results_url_name = "film_videos:index_results"
    any_permission_required = ["add", "change", "delete", "choose"]
    default_ordering = "-created_at"
    paginate_by = 50
    page_title = "Pliki filmów"
    header_icon = "media"
    filterset_class = VideoFilterSet
    columns = [
        TitleColumn("title", label="Tytuł", sort_key="title", url_name="film_videos:video"),
        Column("length", label="Czas", accessor=length),
        Column("size", label="Wielkość", accessor=lambda video: file_size(video.size), classname="wide-only"),
        Column("progress", label="Wersje", accessor=progress),
        Column("films", label="W\xa0filmach", accessor=lambda video: video.films, classname="wide-only"),
        Column("collection", label="Kolekcja", sort_key="collection__name"),
        DateColumn("created_at", label="Dodano", sort_key="created_at"),
    ]

    def get_base_queryset(self) -> QuerySet[Video]:
        open_ones = Q(renditions__state__in=[State.WAITING, State.RUNNING])
        counted = seen_by(self.request.user).annotate(
            waiting=Count("renditions", filter=open_ones),
            failed=Count("renditions", filter=Q(renditions__state=State.FAILED)),
        )
        return counted.select_related("collection")

    def get_context_data(self, *args: Any, **options: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **options)
        shown = list(context["object_list"])
        titles = titles_by_video([video.pk for video in shown])
        for video in shown:
            video.films = ", ".join(titles.get(video.pk, ()))
        return context

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_add(self.request.user):
            return []
        url = reverse("film_videos:add")
        return [HeaderButton("Dodaj plik", url=url, icon_name="plus", classname="button")]


def video_for(request: HttpRequest, pk: int, action: str = "") -> Video:
    """The video, if the person may do this with it, or may look at it. Raises Http404 and PermissionDenied."""
    found = get_object_or_404(Video.objects.select_related("collection", "created_by"), pk=pk)
    if not (may(request.user, action, found) if action else may_see(request.user, found)):
        raise PermissionDenied
    return found


@csrf_exempt  # only until the size is known: the check of the token would receive the whole file before it
def add(request: HttpRequest) -> HttpResponseBase:
    """A new video. What is too large is refused before any of it is received."""
    if not may_add(request.user):
        raise PermissionDenied
    if int(request.META.get("CONTENT_LENGTH") or 0) <= videos.largest() + OTHER_FIELDS:
        return receive(request)
    form = UploadForm(user=request.user)
    form.errors["file"] = form.error_class([videos.too_large()])
    return _upload_page(request, form, status=413)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponseBase:
    """The form and what it sends. A script that shows the progress gets the address to go to."""
    posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = UploadForm(**posted, user=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        video = videos.add(
            chosen["file"],
            title=chosen["title"],
            collection=chosen["collection"],
            user=request.user,
            is_sample=chosen["is_sample"],
        )
        messages.success(request, f"Plik „{video.title}” jest zapisany. Wersje filmu powstaną w\xa0tle.")
        url = reverse("film_videos:video", args=[video.pk])
        is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return JsonResponse({"url": url}) if is_script else redirect(url)
    return _upload_page(request, form, status=422 if form.errors else 200)


def _upload_page(request: HttpRequest, form: UploadForm, *, status: int) -> HttpResponse:
    context = {"form": form, "limit": videos.largest(), "too_large": videos.too_large()}
    return render(request, "media/admin/video_upload.html", context, status=status)


@require_safe
def video(request: HttpRequest, pk: int) -> HttpResponse:
    """One video: its preview, its versions as they are made, and the films it is in."""
    shown = video_for(request, pk)
    steps = list(shown.renditions.all())
    ready = {step.kind: _address(step) for step in steps if step.state == State.DONE and step.kind in TYPES}
    context = {
        "video": shown,
        "length": length(shown),
        "steps": [(step, ready.get(step.kind, "")) for step in steps],
        "finished": sum(step.state in FINISHED for step in steps),
        "is_busy": any(step.state not in FINISHED for step in steps),
        "can_retry": any(_can_be_retried(step, shown) for step in steps),
        "poster": ready.get(Kind.POSTER, ""),
        "preview": ready.get(Kind.P360) or reverse("film_videos:file", args=[shown.pk]),
        "media_type": TYPES[Kind.P360] if Kind.P360 in ready else playing.MEDIA_TYPES[shown.container],
        "uses": _uses(shown, request),
        "may_change": may(request.user, "change", shown),
        "may_delete": may(request.user, "delete", shown),
    }
    return render(request, "media/admin/video.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The uploaded file, for whoever may look at it in the admin."""
    shown = video_for(request, pk)
    return deliver(request, shown.file, content_type=playing.MEDIA_TYPES[shown.container])


@require_safe
def made(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """What was made of it, for the same people."""
    shown = video_for(request, pk)
    if kind not in TYPES:
        raise Http404
    rendition = get_object_or_404(shown.renditions, kind=kind, state=State.DONE)
    return deliver(request, rendition.file, content_type=TYPES[kind])


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """„Spróbuj ponownie” with all that failed or was skipped."""
    shown = video_for(request, pk, "change")
    videos.retry(shown)
    messages.success(request, "Próbujemy ponownie.")
    return redirect("film_videos:video", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """The title, the collection, and whether it is a sample."""
    changed = video_for(request, pk, "change")
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=changed, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Zapisaliśmy zmiany.")
        return redirect("film_videos:video", pk=pk)
    return render(request, "media/admin/video_settings.html", {"form": form, "video": video_for(request, pk)})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before; what a film uses is not deleted, and the page says which film."""
    doomed = video_for(request, pk, "delete")
    uses = _uses(doomed, request)
    if request.method == "POST" and not uses:
        try:
            videos.remove(doomed)
        except videos.InUse:  # a film began to use it a moment ago
            uses = _uses(doomed, request)
        else:
            messages.success(request, f"Usunęliśmy plik „{doomed.title}”.")
            return redirect("film_videos:index")
    status = 409 if uses and request.method == "POST" else 200
    return render(request, "media/admin/video_delete.html", {"video": doomed, "uses": uses}, status=status)


def _address(step: Rendition) -> str:
    return reverse("film_videos:made", args=[step.video_id, step.kind])


def _can_be_retried(step: Rendition, video: Video) -> bool:
    """Whether trying again may help: not while a worker is at it, nor where a skipped step would be skipped again."""
    if step.state == State.RUNNING:
        return step.started_at is None or step.started_at <= renditions.abandoned(video)
    return step.state == State.FAILED or step.error == ffmpeg.MISSING


def _uses(video: Video, request: HttpRequest) -> list[dict[str, Any]]:
    """The films that use a video, published or as drafts, with the address at which the person may edit them."""
    finder = AdminURLFinder(request.user)
    return [{"title": film.title, "url": finder.get_edit_url(film)} for film in films_using(video)[:MOST_SHOWN]]


class VideoViewSet(ViewSet):
    """„Pliki filmów” in the menu."""

    name = "film_videos"
    url_prefix = "filmy/pliki"
    icon = "media"
    menu_label = "Pliki filmów"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", VideoIndexView.as_view(), name="index"),
            path("results/", VideoIndexView.as_view(results_only=True), name="index_results"),
            path("dodaj/", add, name="add"),
            path("<int:pk>/", video, name="video"),
            path("<int:pk>/plik/", file, name="file"),
            path("<int:pk>/wersje/<str:kind>/", made, name="made"),
            path("<int:pk>/ponownie/", retry, name="retry"),
            path("<int:pk>/ustawienia/", settings, name="settings"),
            path("<int:pk>/usun/", delete, name="delete"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        item.is_shown = lambda request: may_open(request.user)
        return item
