"""The file of a certificate: made once from its frozen facts, then the same bytes for ever."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django_tasks import task

from . import certificate_pdf
from .models import Certificate


@task()
def make(certificate_id: int) -> None:
    """Make the file ahead of the first download."""
    ensure(Certificate.objects.get(pk=certificate_id))


def ensure(certificate: Certificate) -> Certificate:
    """The certificate with its file, made now where it is still missing.

    The sheet is drawn before the row is locked, so that nobody waits for it; whoever comes second takes the first's.
    """
    if certificate.file:
        return certificate
    facts = certificate.facts
    logo = b""
    if facts["logo"]:
        with storages["private"].open(facts["logo"]) as file:
            logo = file.read()
    content = certificate_pdf.render(facts, logo=logo)
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if not locked.file:
            locked.file.save(file_name(locked), ContentFile(content), save=False)
            locked.sha256 = sha256(content).hexdigest()
            locked.save(update_fields=["file", "sha256"])
    return locked


def file_name(certificate: Certificate) -> str:
    """A name that every system takes: „zaswiadczenie-MK-2026-000123.pdf”."""
    return f"zaswiadczenie-{certificate.number.replace('/', '-')}.pdf"
