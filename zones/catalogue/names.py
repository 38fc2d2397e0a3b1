"""The index of names: every zone, network and theme of the facts, by whatever people call it."""

import difflib
import os
import unicodedata
from functools import cache
from pathlib import Path, PurePath
from typing import Literal

from zones.catalogue.schema import read_catalogue
from zones.errors import UnknownGroupError
from zones.model.groups import Group, Link, Theme

__all__ = [
    "ZONE_FILES",
    "all_groups",
    "is_path",
    "known",
    "links",
    "nearest",
    "part_of_file",
    "themes",
]

Kind = Literal["zone", "network"]

ZONE_FILES = frozenset({".toml", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm"})
"""How the names of files that hold zones end."""


def all_groups(kind: Kind | None = None) -> tuple[Group, ...]:
    """Return zones, then networks, each in alphabetical order of the id.

    Parameters
    ----------
    kind
        Only these.

    Raises
    ------
    UnknownGroupError
        When the kind is another.

    Examples
    --------
    >>> [zone.id for zone in all_groups("zone")]
    ['peramerenkaari', 'suomen-kasvukaytava', 'viitoskaytava']
    """
    catalogue = read_catalogue()
    everything: tuple[Group, ...] = (*catalogue.zones, *catalogue.networks)
    if kind is None:
        return everything
    if kind not in {"zone", "network"}:
        raise UnknownGroupError(
            f"kind {kind!r} is not known: give zone or network; zones.themes() are the themes"
        )
    return tuple(group for group in everything if group.kind == kind)


def themes() -> tuple[Theme, ...]:
    """Return the themes of the call that the networks answered, in alphabetical order of the id.

    Examples
    --------
    >>> len(themes()), themes()[0].names.fi
    (10, 'älymaatalouden kehittäminen')
    """
    return read_catalogue().themes


def links() -> tuple[Link, ...]:
    """Return the ties between units that a land border does not show, or that cross the country's.

    Examples
    --------
    >>> [link.name for link in links() if link.kind == "ferry"]
    ['Hailuoto-Oulunsalo']
    """
    return read_catalogue().links


def known(name: str) -> Group | Theme | None:
    """Return what has the name, in any language and spelling, or nothing.

    Examples
    --------
    >>> known("VIITOSKAYTAVA").id, known("Oulu")
    ('viitoskaytava', None)
    """
    return _index().get(_fold(name))


def nearest(name: str) -> tuple[str, ...]:
    """Return the ids of up to three that may be meant by a name.

    Examples
    --------
    >>> nearest("sixnett")
    ('sixnet',)
    """
    index = _index()
    near = difflib.get_close_matches(_fold(name), index, n=12, cutoff=0.6)
    return tuple(dict.fromkeys(index[match].id for match in near))[:3]


def is_path(text: str) -> bool:
    """Say whether a text is meant as the path of a file, not as a name.

    Examples
    --------
    >>> is_path("OWN.CSV#kemi"), is_path("folder/zone"), is_path("Bothnian Arc")
    (True, True, False)
    """
    separators = {"/", os.sep}
    suffix = PurePath(part_of_file(text)[0]).suffix.lower()
    return suffix in ZONE_FILES or any(mark in text for mark in separators)


def part_of_file(text: str) -> tuple[str, str | None]:
    """
    Return the path of a file with several zones, and the one that is meant, as ``FILE#ID`` says.

    Examples
    --------
    >>> part_of_file("own.csv#kemi"), part_of_file("own.csv"), part_of_file("#1/own.csv")
    (('own.csv', 'kemi'), ('own.csv', None), ('#1/own.csv', None))
    """
    path, mark, name = text.rpartition("#")
    if mark and name and PurePath(path).suffix.lower() in ZONE_FILES and not Path(text).exists():
        return path, name
    return text, None


@cache
def _index() -> dict[str, Group | Theme]:
    """Map each folded name to what has it; the first to have a name keeps it."""
    index: dict[str, Group | Theme] = {}
    for group in (*all_groups(), *themes()):
        for name in _names_of(group):
            index.setdefault(_fold(name), group)
    return index


def _names_of(group: Group | Theme) -> tuple[str, ...]:
    if isinstance(group, Theme):
        return (group.id, *group.names, group.id.removeprefix("theme-"))
    return (group.id, *group.names, *group.aliases, *group.short_names)


def _fold(text: str) -> str:
    """Return what two spellings of a name have in common: small letters and digits."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())
