"""The question bank in the admin."""

from .bulk import MoveQuestions, TagQuestions
from .deletion import refuse_deletion
from .lists import BankViewSetGroup

__all__ = ["BankViewSetGroup", "MoveQuestions", "TagQuestions", "refuse_deletion"]
