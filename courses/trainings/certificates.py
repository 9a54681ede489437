"""Certificates of participation as the organiser sees them: who has one, who has earned one, who has not and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from elearning.cms.alphabet import alphabetical
from elearning.records import attendance, participation, recording
from elearning.records.models import Certificate, Registration
from elearning.records.presence import Verdict
from elearning.records.training import Training


@dataclass(frozen=True, slots=True)
class Row:
    """One person with a place; `refusal` says why there is no certificate, and is empty for who has earned one."""

    registration: Registration
    verdict: Verdict
    refusal: str
    certificate: Certificate | None

    @property
    def is_due(self) -> bool:
        """Whether a certificate, or the credit for a course, can be given now."""
        return self.certificate is None and not self.refusal


@dataclass(frozen=True, slots=True)
class Issued:
    """What became of issuing many: the new ones, those who had one already, and the refused with their reasons."""

    new: int
    had: int
    refused: tuple[tuple[Registration, str], ...]


def rows_of(training: Training, now: datetime) -> list[Row]:
    """Everybody with a place, in the order of the Polish alphabet. Four queries."""
    verdicts = attendance.verdicts(training)
    people = Registration.objects.admitted().filter(training=training.page_id).select_related("institution")
    valid = {
        certificate.registration_id: certificate
        for certificate in Certificate.objects.filter(registration__training=training.page_id, revoked_at=None)
    }
    rows = [
        Row(
            person,
            verdicts[person.pk],
            participation.refusal(training, person.standing, verdicts[person.pk], now),
            valid.get(person.pk),
        )
        for person in people
        if person.pk in verdicts
    ]
    return sorted(rows, key=lambda row: (alphabetical(row.registration.last_name), alphabetical(row.registration.name)))


def issue(training: Training, registrations: Iterable[Registration]) -> Issued:
    """Certificates for these people, each in a transaction of its own: what was issued stays if one fails."""
    chosen: Sequence[Registration] = list(registrations)
    pks = [registration.pk for registration in chosen]
    had = set(
        Certificate.objects.filter(registration__in=pks, revoked_at=None).values_list("registration_id", flat=True)
    )
    new, refused = 0, []
    for registration in chosen:
        if registration.pk in had:
            continue
        try:
            recording.certify(registration, training)
        except recording.NotEarned as error:
            refused.append((registration, str(error)))
        else:
            new += 1
    return Issued(new, len(had), tuple(refused))
