"""What learners did. Rows here are never lost and never silently changed."""

from .attempts import Answer, Attempt
from .certificates import Certificate, CertificateCounter
from .enrolments import Enrolment, Result
from .grading import Extension, Mark, Regrade

__all__ = [
    "Answer",
    "Attempt",
    "Certificate",
    "CertificateCounter",
    "Enrolment",
    "Extension",
    "Mark",
    "Regrade",
    "Result",
]
