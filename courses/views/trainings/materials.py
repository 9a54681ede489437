"""Files of materials. What is for participants goes only to them, also under Wagtail's own address of the file."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents.models import Document

from courses.models import TrainingPage
from courses.trainings import access as training_access
from courses.trainings import materials as training_materials
from elearning.accounts.models import User
from elearning.cms.delivery import deliver
from elearning.cms.restrictions import Person
from elearning.records.models import Registration

NOT_YOURS = "Ten materiał jest dla uczestniczek i\xa0uczestników. Otwórz go linkiem ze swojego zgłoszenia."
HELD_BACK = "Ten plik jest dla uczestniczek i\xa0uczestników szkolenia. Otwórz go na stronie szkolenia."


@require_safe
def material(request: HttpRequest, slug: str, block: UUID) -> HttpResponseBase:
    """One file, whole or in parts. A registration's key in the address opens what is for participants."""
    page = get_object_or_404(TrainingPage, slug=slug)
    if not training_access.may_open(request.user, page):
        raise Http404
    found = training_materials.file_of(page, block)
    if found is None:
        raise Http404
    document, reserved = found
    if reserved and not takes_part(request.user, page, request.GET.get("zgloszenie", "")):
        raise PermissionDenied(NOT_YOURS)
    return deliver(
        request, document.file, content_type=document.content_type, filename=document.filename, attachment=True
    )


def takes_part(user: Person, page: TrainingPage, key: str = "") -> bool:
    """Whether this person has a place in the training, by account or by the key of a registration, or organises it."""
    admitted = Registration.objects.admitted().filter(training=page.pk)
    if isinstance(user, User) and admitted.of_person(user).exists():
        return True
    if key:
        try:
            return admitted.filter(token=key).exists()
        except ValidationError:
            return False
    return training_access.may_check_in(user, page)


def keep_back(document: Document, request: HttpRequest) -> None:
    """Before Wagtail serves a document: refuse what is for participants, except to those who edit documents."""
    may_edit = request.user.is_authenticated and request.user.has_perm("wagtaildocs.change_document")
    if not may_edit and training_materials.is_kept_back(document):
        raise PermissionDenied(HELD_BACK)
