"""People who use the platform, and what they agreed to."""

from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from elearning.institutions.models import Institution


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail; the address is compared without regard to case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Save a new person. The address is stored in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Save a new administrator, for Django's createsuperuser."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person with an account. E-mail is the log-in; there is no user name and never a PESEL.

    The institution is either chosen from the register or, for „inna”, typed in `institution_name`.
    """

    username = None  # type: ignore[assignment]
    first_name = models.CharField("imię", max_length=80)
    last_name = models.CharField("nazwisko", max_length=120)
    email = models.EmailField("adres e-mail", unique=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="instytucja"
    )
    institution_name = models.CharField("nazwa innej instytucji", max_length=200, blank=True)
    function = models.CharField("funkcja", max_length=120, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "osoba"
        verbose_name_plural = "osoby"
        ordering = ["last_name", "first_name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="email_unique_without_case")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def institution_label(self) -> str:
        """The institution in words, from the register or as typed; empty where the person gave none."""
        return self.institution.name if self.institution else self.institution_name


class Consent(models.Model):
    """That a person accepted one version of one text, when. Rows are only added, so the log stays complete."""

    class Kind(models.TextChoices):
        TERMS = "terms", "regulamin"
        PRIVACY = "privacy", "klauzula informacyjna RODO"

    user = models.ForeignKey(User, models.CASCADE, related_name="consents", verbose_name="osoba")
    kind = models.CharField("rodzaj", max_length=20, choices=Kind)
    version = models.CharField("wersja tekstu", max_length=20)
    given_at = models.DateTimeField("udzielono", auto_now_add=True)

    class Meta:
        verbose_name = "zgoda"
        verbose_name_plural = "zgody"
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"
