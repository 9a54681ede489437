"""QTI 2.1, 2.2 and 3.0 (www.imsglobal.org/spec/qti/v3p0/impl): items and packages, in and out."""

from .package import OLD, item_steps, package_steps
from .package_writer import write

__all__ = ["OLD", "item_steps", "package_steps", "write"]
