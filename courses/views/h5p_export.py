"""„Pobierz jako H5P”: what of a quiz a .h5p file holds and what it does not, and the file."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from courses import drawing, h5p_export
from courses.models import QuizPage
from courses.views.exchange_files import may_exchange


def may_download(user: object, page: QuizPage) -> bool:
    """Those who take questions out of the bank, where they may edit the quiz: the file holds the key."""
    return may_exchange(user) and bool(page.permissions_for_user(user).can_edit())


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, page: int) -> HttpResponseBase:
    """What the file will hold; after the button is pressed, the file. A draft counts where nothing is published."""
    found = get_object_or_404(QuizPage, pk=page)
    if not may_download(request.user, found):
        raise PermissionDenied("Nie masz uprawnienia do pobrania tego testu.")
    source = found if found.live else found.get_latest_revision_as_object()
    context = {"header_title": f"Pobierz jako H5P: {source.title}", "quiz": source}
    try:
        export = h5p_export.prepare(source)
    except drawing.TooFewQuestions as error:
        return render(request, "courses/admin/h5p_export.html", {**context, "error": str(error), "export": None})
    if request.method != "POST" or not export.size:
        return render(request, "courses/admin/h5p_export.html", {**context, "error": "", "export": export})
    file = BytesIO()
    export.write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{source.slug}.h5p", content_type="application/zip")


URLS: list[URLPattern] = [path("<int:page>/", quiz, name="quiz")]
