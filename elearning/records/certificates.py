"""Certificates: issue, freeze, verify."""

from decimal import Decimal

from .models import Certificate, Enrolment
from .outline import Outline


def issue(*, enrolment: Enrolment, outline: Outline, score: Decimal | None) -> Certificate:
    """Issue the one certificate of this enrolment, with everything printed on it frozen."""
    raise NotImplementedError
