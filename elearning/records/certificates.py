"""Certificates: issue, freeze, revoke, replace, look up.

A certificate is issued only by the completion rule, through `recording`. Everything printed is frozen at issue; its
file is made once (`certificate_files`). A mistake is never edited: it is revoked or replaced, and the old one is kept.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePosixPath
from typing import cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from elearning.accounts.models import User
from elearning.notifications import outbox

from . import certificate_facts, certificate_files
from .certificate_code import canonical_code, new_code
from .certificate_facts import CORRECTABLE, Facts, Identity
from .models import Certificate, CertificateCounter, Enrolment, Registration
from .outline import Outline
from .presence import Verdict
from .training import Training

logger = logging.getLogger(__name__)

PREFIX = "MK"
REPLACED = "Zastąpione nowym zaświadczeniem."


class NotValid(ValueError):
    """The certificate is revoked already, so it can no longer be replaced."""


def issue(*, enrolment: Enrolment, outline: Outline, score: Decimal | None) -> Certificate:
    """Issue the one certificate of a completed enrolment; the valid one where there is one already.

    `score` is a share of 0..1, None where the course has no tests. Belongs into the transaction that completes the
    enrolment and holds its row: four queries.
    """
    existing = enrolment.certificates.filter(revoked_at__isnull=True).first()
    if existing:
        return existing
    now = timezone.now()
    facts = certificate_facts.gather(
        enrolment,
        outline,
        identity=_identity(now),
        began=_day(enrolment.enrolled_at),
        completed=_day(enrolment.completed_at or now),
        score=score,
    )
    strip = outline.certificate.logo_strip if outline.certificate else ""
    return _create({**facts, "logo": _copy_of(strip)}, now=now, user=enrolment.user, enrolment=enrolment)


def issue_participation(registration: Registration, training: Training, verdict: Verdict) -> Certificate:
    """Issue the one certificate of somebody who took part in a training; the valid one where there is one already.

    Belongs into the transaction that found the rule met and holds the registration's row. Raises `ValueError` for a
    training without days.
    """
    existing = registration.certificates.filter(revoked_at__isnull=True).first()
    if existing:
        return existing
    now = timezone.now()
    facts = certificate_facts.gather_training(registration, training, verdict, _identity(now))
    strip = training.certificate.logo_strip if training.certificate else ""
    return _create({**facts, "logo": _copy_of(strip)}, now=now, user=registration.user, registration=registration)


def revoke(certificate: Certificate, *, by: User, reason: str) -> bool:
    """Declare a certificate invalid from now on. False where it was already: its date and reason stay."""
    valid = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True)
    changed = valid.update(revoked_at=timezone.now(), revoked_reason=reason, revoked_by=by)
    certificate.refresh_from_db(fields=["revoked_at", "revoked_reason", "revoked_by"])
    return bool(changed)


def replace(certificate: Certificate, *, by: User, corrections: Mapping[str, str]) -> Certificate:
    """Issue a corrected certificate with a new number; the old one is kept, revoked, and named as replaced.

    `corrections` has keys of `CORRECTABLE` only. The person is told once. Raises `NotValid`.
    """
    if unknown := set(corrections) - set(CORRECTABLE):
        raise ValueError(f"Not to be corrected: {sorted(unknown)}")
    with transaction.atomic():
        old = (
            Certificate.objects.select_for_update(of=("self",))
            .select_related("user", "enrolment", "registration")
            .get(pk=certificate.pk)
        )
        if not revoke(old, by=by, reason=REPLACED):
            raise NotValid(old.number)
        now = timezone.now()
        facts = cast(Facts, {**old.facts, **corrections, **_identity(now)})
        new = _create(
            facts, now=now, user=old.user, enrolment=old.enrolment, registration=old.registration, replaces=old
        )
        outbox.queue(
            key=f"certificate-replaced:{new.pk}",
            user=old.user,
            recipient=old.registration.email if old.registration and not old.user else "",
            template="records/messages/certificate_replaced",
            context={"certificate": new, "old": old},
        )
    return new


def find(code: str) -> Certificate | None:
    """The certificate of a typed code, whatever its case, dashes and spaces. One query, none for what is no code."""
    canonical = canonical_code(code)
    if canonical is None:
        return None
    return Certificate.objects.select_related("replaced_by").filter(code=canonical).first()


def _create(
    facts: Facts,
    *,
    now: datetime,
    user: User | None,
    enrolment: Enrolment | None = None,
    registration: Registration | None = None,
    replaces: Certificate | None = None,
) -> Certificate:
    certificate = Certificate.objects.create(
        number=facts["number"],
        code=facts["code"],
        enrolment=enrolment,
        registration=registration,
        user=user,
        facts=facts,
        issued_at=now,
        replaces=replaces,
    )
    # The sheet takes a moment to make, so the worker does; the first download makes it where the worker is late.
    transaction.on_commit(lambda: certificate_files.make.enqueue(certificate.pk))
    return certificate


def _identity(now: datetime) -> Identity:
    """A new number, with the year's counter locked until the transaction ends, and a code nobody can guess."""
    issued = _day(now)
    counter, _created = CertificateCounter.objects.select_for_update().get_or_create(year=issued.year)
    counter.last += 1
    counter.save(update_fields=["last"])
    code = new_code()
    return Identity(
        number=f"{PREFIX}/{issued.year}/{counter.last:06d}",
        code=code,
        verification_url=settings.BASE_URL + reverse("records:certificate", args=[code]),
        issued=issued.isoformat(),
    )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _copy_of(strip: str) -> str:
    """Copy the logo strip beside the certificates under the hash of its content, so that it cannot change.

    A strip that cannot be read must not keep a person from completing a course: logged, and left out.
    """
    if not strip:
        return ""
    try:
        with storages["default"].open(strip) as file:
            content = file.read()
    except OSError:
        logger.exception("The logo strip %s cannot be read; a certificate is issued without it", strip)
        return ""
    name = f"certificates/assets/{sha256(content).hexdigest()}{PurePosixPath(strip).suffix.lower()}"
    private = storages["private"]
    return name if private.exists(name) else private.save(name, ContentFile(content))
