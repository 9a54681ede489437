"""Registrations for trainings: who asked for a place, what became of it, and what calendars were told."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from wagtail.models import Page

from elearning.institutions.models import Institution
from elearning.records.places import OPEN, TAKES_PLACE, Standing

STANDINGS = [
    (Standing.UNCONFIRMED, "czeka na potwierdzenie adresu"),
    (Standing.PENDING, "czeka na decyzję organizatora"),
    (Standing.ADMITTED, "przyjęte"),
    (Standing.RESERVED, "lista rezerwowa"),
    (Standing.OFFERED, "czeka na potwierdzenie miejsca"),
    (Standing.CANCELLED, "anulowane"),
    (Standing.REJECTED, "odrzucone"),
    (Standing.LAPSED, "miejsce niepotwierdzone w\xa0terminie"),
]


class TrainingBook(models.Model):
    """What records know of one training as a whole; the lock of its row orders everything about places.

    `last_number` is the last place given out in the order of sign-ups. `sequence` counts the changes told to calendars
    (RFC 5545), `announced` is the schedule as it was told last: title, days, place, mode and whether it is called off.
    """

    page = models.OneToOneField(Page, models.PROTECT, related_name="training_book", verbose_name="szkolenie")
    title = models.CharField("tytuł", max_length=255)
    last_number = models.PositiveIntegerField("ostatni numer", default=0)
    sequence = models.PositiveIntegerField("numer zmiany", default=0)
    announced = models.JSONField("co ogłoszono", default=dict, blank=True)
    announced_at = models.DateTimeField("ogłoszono", null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "księga szkolenia"
        verbose_name_plural = "księgi szkoleń"

    def __str__(self) -> str:
        return self.title


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def open(self) -> "RegistrationQuerySet":
        """Those that are somewhere on their way; of the others a person may register anew."""
        return self.filter(standing__in=OPEN)

    def admitted(self) -> "RegistrationQuerySet":
        return self.filter(standing=Standing.ADMITTED)

    def with_place(self) -> "RegistrationQuerySet":
        """Those that take a place, offered ones included."""
        return self.filter(standing__in=TAKES_PLACE)

    def of_person(self, user: Any) -> "RegistrationQuerySet":
        """Those of an account, and those made without it from its confirmed address."""
        return self.filter(models.Q(user=user) | models.Q(user=None, email__iexact=user.email))


class Registration(models.Model):
    """That somebody asked for a place in a training. A row is kept for ever; `standing` says where it stands.

    `number` is its place in the order of sign-ups, given with the confirmed address. `token` opens the person's own
    page without an account. `answers` are the extra questions as they were asked: id, question, answer (text, a list
    of texts, or yes and no). `criteria` are those the person said to meet: id, text, points.
    """

    training = models.ForeignKey(Page, models.PROTECT, related_name="registrations", verbose_name="szkolenie")
    training_title = models.CharField("tytuł szkolenia", max_length=255)
    number = models.PositiveIntegerField("numer w\xa0kolejności", null=True, blank=True)
    standing = models.CharField("stan", max_length=12, choices=STANDINGS, default=Standing.UNCONFIRMED)
    offered_until = models.DateTimeField("miejsce czeka do", null=True, blank=True)
    points = models.IntegerField("punkty", default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="konto",
    )
    email = models.EmailField("adres e-mail")
    first_name = models.CharField("imię", max_length=80)
    last_name = models.CharField("nazwisko", max_length=120)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name="instytucja"
    )
    institution_name = models.CharField("nazwa instytucji", max_length=200, blank=True)
    function = models.CharField("funkcja", max_length=120, blank=True)
    accessibility_needs = models.TextField("potrzeby dostępności", max_length=1000, blank=True)
    answers = models.JSONField("odpowiedzi na pytania organizatora", default=list, blank=True)
    criteria = models.JSONField("spełnione kryteria", default=list, blank=True)
    token = models.UUIDField("klucz", default=uuid.uuid4, unique=True, editable=False)
    registered_at = models.DateTimeField("zgłoszono")
    confirmed_at = models.DateTimeField("potwierdzono adres", null=True, blank=True)
    changed_at = models.DateTimeField("zmieniono stan")

    objects: ClassVar[RegistrationQuerySet] = RegistrationQuerySet.as_manager()  # type: ignore[assignment]

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "zgłoszenie"
        verbose_name_plural = "zgłoszenia"
        ordering = ["training", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                models.F("training"),
                models.functions.Lower("email"),
                condition=models.Q(standing__in=sorted(OPEN)),
                name="one_open_registration_of_an_address",
            ),
            models.UniqueConstraint(
                fields=["training", "user"],
                condition=models.Q(standing__in=sorted(OPEN)),
                name="one_open_registration_of_a_person",
            ),
            models.UniqueConstraint(fields=["training", "number"], name="one_registration_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(standing=Standing.OFFERED) | models.Q(offered_until=None),
                name="only_offers_have_a_deadline",
            ),
        ]
        indexes = [models.Index(fields=["training", "standing"], name="registrations_by_standing")]

    def __str__(self) -> str:
        return f"{self.name}, {self.training_title}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def institution_label(self) -> str:
        """The institution in words, from the register or as typed. A query, unless `institution` was selected."""
        return self.institution.name if self.institution else self.institution_name

    @property
    def takes_place(self) -> bool:
        return self.standing in TAKES_PLACE

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN

    @property
    def short_code(self) -> str:
        """What somebody without an account types beside the address at the door: six signs of the key."""
        return self.token.hex[:6].upper()


class RegistrationMove(models.Model):
    """That a registration came to a standing: when, why and by whom. Rows are only added.

    `reason` is a word of `registration.Reason`; `note` is what the organiser wrote to the person; `by` is empty for the
    person's own doing and for what happens by itself.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="moves", verbose_name="zgłoszenie")
    from_standing = models.CharField("z\xa0stanu", max_length=12, choices=STANDINGS, blank=True)
    to_standing = models.CharField("do stanu", max_length=12, choices=STANDINGS)
    reason = models.CharField("powód", max_length=20)
    note = models.TextField("wyjaśnienie", max_length=1000, blank=True)
    at = models.DateTimeField("kiedy")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kto"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "zmiana zgłoszenia"
        verbose_name_plural = "zmiany zgłoszeń"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_to_standing_display()}, {self.at:%Y-%m-%d %H:%M}"


class AcceptedClause(models.Model):
    """That somebody accepted one version of one text at registration; the whole text is kept. Rows are only added."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="clauses", verbose_name="zgłoszenie")
    key = models.UUIDField("klucz tekstu")
    title = models.CharField("nazwa", max_length=150)
    version = models.PositiveIntegerField("wersja")
    text = models.TextField("treść")
    given_at = models.DateTimeField("udzielono")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "zgoda w\xa0zgłoszeniu"
        verbose_name_plural = "zgody w\xa0zgłoszeniach"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "key", "version"], name="a_clause_is_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}, wersja {self.version}"


class Invitation(models.Model):
    """That an address was invited to a training. One for each address; `token` opens the registration form.

    `registration` is what came of it.
    """

    training = models.ForeignKey(Page, models.PROTECT, related_name="invitations", verbose_name="szkolenie")
    email = models.EmailField("adres e-mail")
    name = models.CharField("imię i\xa0nazwisko", max_length=200, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="instytucja"
    )
    token = models.UUIDField("klucz", default=uuid.uuid4, unique=True, editable=False)
    invited_at = models.DateTimeField("zaproszono")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="zaprosiła osoba"
    )
    registration = models.OneToOneField(
        Registration, models.PROTECT, null=True, blank=True, related_name="invitation", verbose_name="zgłoszenie"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "zaproszenie"
        verbose_name_plural = "zaproszenia"
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                models.F("training"), models.functions.Lower("email"), name="one_invitation_of_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.email


class CalendarFeed(models.Model):
    """The secret address of a person's own calendar of trainings; a new `key` ends the old address."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name="konto"
    )
    key = models.UUIDField("klucz", default=uuid.uuid4, unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "kalendarz osoby"
        verbose_name_plural = "kalendarze osób"

    def __str__(self) -> str:
        return str(self.user)
