"""The page of a training as records know it: the only reader of its streams for them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from courses.blocks.training import choices_of
from courses.models import TrainingPage
from elearning.cms.models.base import page_path
from elearning.records.outline import CertificateTerms
from elearning.records.places import Admission
from elearning.records.presence import PresenceRule
from elearning.records.schedule import Mode, Schedule
from elearning.records.training import AnswerKind, Clause, Criterion, ExtraQuestion, Training

from .days import days_of
from .reminder_days import parse_reminder_days


def training_of(page: TrainingPage) -> Training:
    """The training that a page announces. Three queries: clauses, quotas, project; none of those that were selected."""
    told = announced(page)
    return replace(
        told,
        admission=replace(told.admission, quotas={quota.institution_id: quota.places for quota in page.quotas.all()}),
        clauses=tuple(
            Clause(clause.key, clause.name, clause.text, clause.version, clause.required)
            for clause in page.clauses.all()
        ),
        questions=tuple(_questions(page)),
        criteria=tuple(
            Criterion(UUID(child.id), child.value["text"], child.value["points"])
            for child in page.criteria
            if page.by_criteria
        ),
        certificate=_certificate_terms(page) if page.gives_certificates else None,
    )


def announced(page: TrainingPage) -> Training:
    """What lists and the page itself tell of a training. No query.

    Quotas, the form and the words of certificates are left out: no verb takes this.
    """
    return Training(
        page_id=page.pk,
        uid=page.translation_key,
        kind=page.get_kind_display(),
        schedule=schedule_of(page),
        admission=_admission(page),
        opens_at=page.registration_opens_at,
        closes_at=page.registration_closes_at,
        is_called_off=page.called_off,
        called_off_reason=page.called_off_reason,
        needs_account=page.needs_account,
        by_invitation=page.by_invitation,
        presence=PresenceRule(share=Decimal(page.presence_share) / 100, lateness=page.lateness),
        needed=Decimal(page.certificate_share) / 100 if page.gives_certificates else None,
        contact=", ".join(filter(None, (page.contact_name, page.contact_email, page.contact_phone))),
        reminders=parse_reminder_days(page.reminder_days),
        revision_id=page.live_revision_id,
    )


def schedule_of(page: TrainingPage) -> Schedule:
    """When and where it takes place. No query."""
    return Schedule(
        title=page.title,
        url=page_path(page),
        days=days_of(page.days, page.zone),
        mode=Mode(page.mode),
        place=", ".join(filter(None, (page.venue, page.address))),
        join_url=page.join_url,
        organiser=page.organiser,
    )


def _admission(page: TrainingPage) -> Admission:
    return Admission(
        capacity=page.capacity,
        approval=page.approval,
        automatic=page.automatic_promotion,
        by_points=page.by_criteria,
        offer_lasts=timedelta(hours=page.offer_hours) if page.offer_hours else None,
    )


def _questions(page: TrainingPage) -> Iterable[ExtraQuestion]:
    for child in page.questions:
        kind = AnswerKind(child.value["kind"])
        has_choices = kind in (AnswerKind.CHOICE, AnswerKind.CHOICES)
        yield ExtraQuestion(
            id=UUID(child.id),
            text=child.value["text"],
            kind=kind,
            required=child.value["required"],
            hint=child.value["hint"],
            choices=choices_of(child.value["choices"]) if has_choices else (),
        )


def _certificate_terms(page: TrainingPage) -> CertificateTerms:
    project = page.project
    days = days_of(page.days, page.zone)
    return CertificateTerms(
        programme=tuple(dict.fromkeys(block.topic for day in days for block in day.blocks if block.hours)),
        hours=int(sum(day.hours for day in days)),
        form=f"{page.get_kind_display()}, {page.get_mode_display()}",
        organiser=page.organiser,
        place=page.certificate_place,
        signatory_name=page.signatory_name,
        signatory_function=page.signatory_function,
        project_name=project.name if project else "",
        funding_text=project.funding_text if project else "",
        logo_strip=project.logo_strip.file.name if project and project.logo_strip else "",
        logo_strip_alt=project.logo_strip_alt if project else "",
    )
