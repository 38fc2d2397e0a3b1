"""Which release this is."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("development-zones")
"""The version of the distribution that `geodata` and `zones` are of."""
