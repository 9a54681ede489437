"""Blocks of which a structured template is written: its fields, and the parts in which they stand."""

from .fields import FieldsStream
from .parts import PartsStream

__all__ = ["FieldsStream", "PartsStream"]
