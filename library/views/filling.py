"""Filling a template in. What was typed is in the request and in the answer, and nowhere else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from elearning.accounts.limits import may_try
from library import access, controls, filled, forms, outputs, paper, pdf, prefill, uses, values
from library.filled import Filled
from library.marked import sandbox
from library.models import Form, How, VersionPage
from library.structure import Document
from library.timeline import State
from library.visits import Visit, visit

PREVIEW, BACK = "podglad", "popraw"
# Files and previews that an address without an account gets in a minute; an office shares one address.
MOST_A_MINUTE = 60
TOO_MANY = (
    "W\xa0tej chwili przygotowujemy za dużo dokumentów dla Twojej sieci. Odczekaj minutę i\xa0spróbuj ponownie."
    " To, co wpisano, zostało w\xa0formularzu."
)
ASKED = "W\xa0formularzu jest numer PESEL. Sprawdź, czy jest tu potrzebny."

# What Django answers by a page that explains; none of them quotes what was typed.
REFUSALS = (Http404, PermissionDenied, SuspiciousOperation, MultiPartParserError)

View = Callable[..., HttpResponse]


class FillingFailed(RuntimeError):
    """That an error came up, by the name of its kind: its own text may repeat what was typed."""


def speechless(view: View) -> View:
    """Errors of the view are reported by kind and place, never with their text or their variables."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except REFUSALS:
            raise
        except Exception as error:  # noqa: BLE001 - whatever failed may repeat what was typed
            failed = FillingFailed(type(error).__name__).with_traceback(error.__traceback__)
        raise failed

    return wrapped


@dataclass(frozen=True, slots=True)
class Place:
    """The form of one version, and who is at it."""

    request: HttpRequest
    visit: Visit
    version: VersionPage
    document: Document
    known: prefill.Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the form shows besides its fields."""

    typed: forms.TypedValues
    faults: Sequence[values.Fault] = ()
    pesel: Sequence[forms.Place] = ()
    change: forms.RowChange | None = None
    notice: str = ""
    is_needed: bool = False
    status: int = 200


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
@speechless
@sensitive_variables()
def fill(request: HttpRequest, slug: str, version: str | None = None) -> HttpResponse:
    """The form of the version in force, or of that version; a POST gives a preview, a file, or the form again.

    Eight queries besides session and user at most, and what counting a file takes.
    """
    place = _place(request, visit(request, slug), version)
    if request.method == "POST":
        return _answer(place)
    if not filled.is_structured(place.version):
        sandbox.warm_up()
    return _form(place, Shown(typed=prefill.prefilled(place.document.fields, place.known)))


def _place(request: HttpRequest, current: Visit, slug: str | None) -> Place:
    """Raises `Http404` for a version that is not to be filled in, or not by this person."""
    version = current.version(slug)
    if not version.is_filled_in or not access.may_take(request.user, current.document, version):
        raise Http404
    return Place(request, current, version, version.document(), prefill.known_of(request.user))


def _answer(place: Place) -> HttpResponse:
    sent, fields = place.request.POST, place.document.fields
    action, typed = sent.get(forms.ACTION, ""), forms.typed_of(fields, sent)
    shown = Shown(typed=typed, is_needed=forms.NEEDED in sent)
    if change := forms.change_of(fields, action):
        typed, row = forms.changed(typed, change)
        return _form(place, replace(shown, typed=typed, change=replace(change, row=row)))
    if action == BACK:
        return _form(place, shown)
    if not place.request.user.is_authenticated and not may_try(place.request, action="fill-in", limit=MOST_A_MINUTE):
        return _form(place, replace(shown, notice=TOO_MANY, status=429))
    return _checked(place, shown, action)


def _checked(place: Place, shown: Shown, action: str) -> HttpResponse:
    """The file or the preview; or the form with what is wrong, and with the question about a PESEL."""
    fields = place.document.fields
    found = forms.places_with_pesel(fields, shown.typed, today=timezone.localdate())
    shown = replace(shown, pesel=found)
    try:
        read = values.read(fields, shown.typed)
    except values.Faults as faults:
        return _form(place, replace(shown, faults=faults.faults))
    if found and not shown.is_needed:
        return _form(place, shown)
    done = Filled(place.visit.document, place.version, place.document, read)
    if action in filled.forms_of(place.version):
        return _file(place, shown, done, Form(action))
    return _preview(place, shown, done)


def _file(place: Place, shown: Shown, done: Filled, form: Form) -> HttpResponse:
    """The finished file, counted; or the form again where it cannot be made of what was typed."""
    try:
        content = done.made(form)
    except pdf.Unprintable as error:
        text = f"Znaku „{error.sign}” nie da się wydrukować w\xa0PDF. Usuń go albo pobierz DOCX."
        places = forms.places_with(error.sign, place.document.fields, shown.typed)
        return _form(place, replace(shown, faults=[found.fault(text) for found in places]))
    except filled.NotMade as error:
        return _form(place, replace(shown, notice=str(error), status=503))
    uses.count(place.request, place.version, How.FILL_IN, form)
    response = HttpResponse(content, content_type=outputs.TYPES[form.value])
    response["Content-Disposition"] = content_disposition_header(True, _file_name(place, form)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file_name(place: Place, form: Form) -> str:
    """„porozumienie.docx”; of another version than the one in force „porozumienie-wersja-1.docx”."""
    is_current = place.visit.state_of(place.version) is State.CURRENT
    name = place.visit.document.slug if is_current else f"{place.visit.document.slug}-{place.version.slug}"
    return f"{name}.{form.value}"


def _preview(place: Place, shown: Shown, done: Filled) -> HttpResponse:
    context = {
        **_context(place),
        "sheet": paper.on_paper(done.sheet(), level=2),
        "inputs": list(forms.inputs_of(place.document.fields, shown.typed)),
        "is_needed": shown.is_needed,
    }
    return render(place.request, "library/filled_preview.html", context)


def _form(place: Place, shown: Shown) -> HttpResponse:
    showing = controls.Showing(typed=shown.typed, faults=shown.faults, known=place.known, change=shown.change)
    fields = place.document.fields
    errors = list(controls.errors_of(fields, shown.faults))
    if shown.pesel and not shown.is_needed:
        errors.append({"text": ASKED, "href": "#pesel-pole"})
    context = {
        **_context(place),
        "groups": controls.groups_of(fields, showing),
        "errors": errors,
        "pesel": shown.pesel,
        "is_needed": shown.is_needed,
        "notice": shown.notice,
        "is_fresh": place.request.method != "POST",
    }
    return render(place.request, "library/fill.html", context, status=shown.status)


def _context(place: Place) -> dict[str, Any]:
    """What the form and the preview have in common."""
    document, state = place.visit.document, place.visit.state_of(place.version)
    address = reverse("documents:document", args=[document.slug])
    return {
        "page": document,
        "version": place.version,
        "is_archived": state is State.ARCHIVED,
        "is_upcoming": state is State.UPCOMING,
        "is_structured": filled.is_structured(place.version),
        "has_pdf": Form.PDF in filled.forms_of(place.version),
        "crumbs": [
            {"title": "Dokumenty", "url": reverse("documents:library")},
            {"title": document.title, "url": address},
            {"title": "Wypełnij", "url": ""},
        ],
    }
