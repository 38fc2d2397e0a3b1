"""Errors of `geodata`: each subclasses a builtin and says what was given, expected and to do."""

from collections.abc import Sequence

__all__ = [
    "ArgumentError",
    "CoverageError",
    "FileFormatError",
    "GeodataError",
    "HarmoniseError",
    "IdentifierError",
    "IndicatorError",
    "MissingPackageError",
    "NoGeometryError",
    "OfflineError",
    "PieceError",
    "ServiceError",
    "SnapshotError",
    "TravelTimeError",
    "YearError",
    "together",
]


class GeodataError(Exception):
    """Anything that `geodata` raises on purpose."""


class ArgumentError(GeodataError, ValueError):
    """An argument that is none of those offered, or of another kind."""


class IdentifierError(GeodataError, ValueError):
    """A municipality code or name that cannot be read; all bad rows are listed."""


class IndicatorError(GeodataError, ValueError):
    """A column of a table that is not declared well enough to be used; all faults are listed."""


class MissingPackageError(GeodataError, ImportError):
    """An optional package is not installed."""


class YearError(GeodataError, ValueError):
    """A year outside what is known."""


class NoGeometryError(GeodataError, LookupError):
    """The division has no bundled boundaries."""


class FileFormatError(GeodataError, ValueError):
    """A user's file that cannot be used as it is."""


class PieceError(GeodataError, RuntimeError):
    """A piece of a large file that could not be counted, here or on another machine."""


class CoverageError(GeodataError, ValueError):
    """Polygons that are not a valid coverage where a figure needs one."""


class HarmoniseError(GeodataError, ValueError):
    """A table that cannot be carried to another division without loss."""


class TravelTimeError(GeodataError, ValueError):
    """Travel times, or a road graph, that cannot be used as they are."""


class SnapshotError(GeodataError, OSError):
    """A bundled file is missing or damaged."""


class ServiceError(GeodataError, OSError):
    """An online service did not give a usable answer."""


class OfflineError(GeodataError, OSError):
    """The network was asked for while it is forbidden."""


def together(faults: Sequence[GeodataError]) -> GeodataError:
    """
    Return one error that says all faults of a file: of their class, where they are of one.

    Parameters
    ----------
    faults
        At least one.

    Examples
    --------
    >>> together([YearError("no year"), FileFormatError("no rows")])
    FileFormatError('no year; no rows')
    """
    kinds = {type(fault) for fault in faults}
    kind = kinds.pop() if len(kinds) == 1 else FileFormatError
    return kind("; ".join(map(str, faults)))
