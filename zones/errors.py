"""Errors of `zones`: each subclasses a builtin and says what was given, expected and to do."""

__all__ = [
    "CatalogueError",
    "ExtentError",
    "MeasureError",
    "MissingPackageError",
    "OutputError",
    "UnknownGroupError",
    "ZonesError",
]


class ZonesError(Exception):
    """Anything that `zones` raises on purpose."""


class UnknownGroupError(ZonesError, LookupError):
    """No zone or network has that name."""


class ExtentError(ZonesError, ValueError):
    """An extent that does not exist, or whose units cannot be found in the division."""


class CatalogueError(ZonesError, ValueError):
    """A zone or network file with faults; all of them are listed."""


class MeasureError(ZonesError, ValueError):
    """A measure was asked for with arguments that do not fit."""


class MissingPackageError(ZonesError, ImportError):
    """An optional package is not installed."""


class OutputError(ZonesError, OSError):
    """A file or folder that cannot be written."""
