"""Which release this is."""

from geodata.version import __version__

__all__ = ["__version__"]
