"""Finds a zone, network or theme by any of its names."""

import difflib
import unicodedata
from functools import cache
from typing import Literal

from zones.catalogue.schema import read_catalogue
from zones.errors import UnknownGroupError
from zones.model.groups import Group, Link, Network, Theme, Zone

__all__ = ["all_groups", "get", "links"]

Kind = Literal["zone", "network", "theme"]


def get(name: str | Zone | Network | Theme) -> Zone | Network | Theme:
    """
    Return the zone, network or theme of that name.

    A name is found in any language and case, with or without diacritics, spaces and hyphens; the
    id, the short name and the aliases count as names. A group is returned as it is.

    Parameters
    ----------
    name
        What people call it.

    Raises
    ------
    UnknownGroupError
        When nothing has that name; the message suggests the nearest.

    Examples
    --------
    >>> get("bothnian arc").id
    'peramerenkaari'
    >>> get("VIITOSKAYTAVA").names.fi
    'Suomen Viitoskäytävä'
    """
    if isinstance(name, Zone | Network | Theme):
        return name
    if not isinstance(name, str):
        raise UnknownGroupError(
            f"{name!r} is not a name: give a zone or network by name, or a Zone of your own"
        )
    index = _index()
    key = _fold(name)
    if key in index:
        return index[key][1]
    near = difflib.get_close_matches(key, index, n=12, cutoff=0.6)
    ids = list(dict.fromkeys(index[match][1].id for match in near))[:3]
    hint = f"did you mean {', '.join(ids)}? " if ids else ""
    raise UnknownGroupError(
        f"no zone or network is called {name!r}: {hint}`zones list` shows them all"
    )


def all_groups(kind: Kind | None = None) -> tuple[Group, ...]:
    """
    Return zones, then networks, then themes, each in alphabetical order of the id.

    Parameters
    ----------
    kind
        Only these.

    Examples
    --------
    >>> [zone.id for zone in all_groups("zone")]
    ['peramerenkaari', 'suomen-kasvukaytava', 'viitoskaytava']
    """
    catalogue = read_catalogue()
    everything: tuple[Group, ...] = (*catalogue.zones, *catalogue.networks, *catalogue.themes)
    if kind is None:
        return everything
    if kind not in {"zone", "network", "theme"}:
        raise UnknownGroupError(f"kind {kind!r} is not known: give zone, network or theme")
    return tuple(group for group in everything if group.kind == kind)


def links() -> tuple[Link, ...]:
    """
    Return the ties between units that a land border does not show, or that cross the country's.

    Examples
    --------
    >>> [link.name for link in links() if link.kind == "ferry"]
    ['Hailuoto-Oulunsalo']
    """
    return read_catalogue().links


@cache
def _index() -> dict[str, tuple[str, Group]]:
    """Map each folded name to the name and its group; the first group to have a name keeps it."""
    index: dict[str, tuple[str, Group]] = {}
    for group in all_groups():
        for name in _names_of(group):
            index.setdefault(_fold(name), (name, group))
    return index


def _names_of(group: Group) -> tuple[str, ...]:
    names, short = group.names, group.short_names
    found = [group.id, names.fi, names.sv, names.en, short.fi, short.sv, short.en]
    if isinstance(group, Theme):
        found.append(group.id.removeprefix("theme-"))
    else:
        found += group.aliases
    return tuple(name for name in found if name)


def _fold(text: str) -> str:
    """
    Return what two spellings of a name have in common.

    Examples
    --------
    >>> _fold("Suomen-Kasvukäytävä") == _fold("SUOMEN KASVUKAYTAVA")
    True
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())
