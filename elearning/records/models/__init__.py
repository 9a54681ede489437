"""What learners did. Rows here are never lost and never silently changed."""

from .attempts import Answer, Attempt
from .attendance import AttendanceMark, AttendanceReport, MeetingStay
from .certificates import Certificate, CertificateCounter
from .enrolments import Enrolment, Result
from .grading import Extension, Mark, Regrade
from .surveys import SurveyReceipt, SurveyTally
from .trainings import AcceptedClause, CalendarFeed, Invitation, Registration, RegistrationMove, TrainingBook

__all__ = [
    "AcceptedClause",
    "Answer",
    "Attempt",
    "AttendanceMark",
    "AttendanceReport",
    "CalendarFeed",
    "Certificate",
    "CertificateCounter",
    "Enrolment",
    "Extension",
    "Invitation",
    "Mark",
    "MeetingStay",
    "Registration",
    "RegistrationMove",
    "Regrade",
    "Result",
    "SurveyReceipt",
    "SurveyTally",
    "TrainingBook",
]
