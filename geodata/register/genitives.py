"""Finnish genitives of place names: "Vihdin", "Oriveden", "Kauniaisten", "Virtain".

The rules name more forms than there are, since a name does not tell which of them is its own: an
``i`` may stay or become an ``e`` (Vihti, Lahti), consonants may alternate or not (Lopen, Kotkan).
What no name has harms no look-up, as long as no form is of two municipalities; the tests see to
that.
"""

import re
from collections.abc import Iterator

__all__ = ["genitives"]

# Before the last vowel, strong grade to weak; a k, p or t alone alternates after a vowel, l or r.
_WEAKER = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("mp", "mm"), ("nt", "nn")),
    *(("lt", "ll"), ("rt", "rr"), ("ht", "hd"), ("rk", "r"), ("t", "d"), ("p", "v"), ("k", "")),
)
_STAYS = re.compile(r"[hst][kpt]$")
# "Isokyrö", "Uusikaupunki": the adjective is inflected as well.
_ADJECTIVES = (("iso", "ison"), ("uusi", "uuden"))


def genitives(name: str) -> frozenset[str]:
    """
    Return the forms that the genitive of a name may have.

    Parameters
    ----------
    name
        The nominative, folded: small letters without diacritics.

    Examples
    --------
    >>> sorted(genitives("vihti"))
    ['vihden', 'vihdin', 'vihten', 'vihtin']
    >>> "uudenkaupungin" in genitives("uusikaupunki")
    True
    """
    # "Koski Tl", where Tl is the old province.
    main, mark, rest = name.partition(" tl")
    if mark and not rest:
        return frozenset(f"{form} tl" for form in genitives(main)) | {f"{name} n"}
    forms = set(_last_inflected(name))
    for adjective, genitive in _ADJECTIVES:
        if name.startswith(adjective):
            forms |= {genitive + form.removeprefix(adjective) for form in forms}
    return frozenset(forms)


def _last_inflected(name: str) -> Iterator[str]:
    stem, end = name[:-1], name[-1:]
    if end not in "aeiouy":
        yield from _of_consonant(name)
        return
    yield f"{name}n"
    for weak in _weaker(stem):
        yield f"{weak}{end}n"
        if end == "i":
            yield f"{weak}en"
    if end == "e" and not name.endswith("ee"):
        yield f"{name}en"
    if end == "i":
        yield f"{stem}en"
    if name.endswith("si"):
        yield f"{name[:-2]}den"


def _of_consonant(name: str) -> Iterator[str]:
    if name.endswith("inen"):
        yield from (f"{name[:-3]}sen", f"{name[:-3]}sten")
        return
    yield f"{name}in"
    if name.endswith("s"):
        yield from (f"{name[:-1]}ksen", f"{name[:-1]}den")
        yield from (f"{strong}{name[-2]}{name[-2]}n" for strong in _stronger(name[:-2]))
    if name.endswith("n"):
        yield from (f"{strong}{name[-2]}men" for strong in _stronger(name[:-2]))
    if name.endswith("t"):
        for strong in _stronger(name[:-2]):
            yield from (f"{strong}{name[-2]}in", f"{strong}ojen", f"{strong}ien")


def _weaker(stem: str) -> Iterator[str]:
    """Return a stem in the weak grade, where its last consonants alternate."""
    if _STAYS.search(stem) and not stem.endswith(("ht", "tt")):
        return
    for strong, weak in _WEAKER:
        if stem.endswith(strong):
            yield stem.removesuffix(strong) + weak
            return


def _stronger(stem: str) -> Iterator[str]:
    """Return a stem as it is, and in the strong grade where it may be weak."""
    yield stem
    for strong, weak in _WEAKER:
        if weak and stem.endswith(weak):
            yield stem.removesuffix(weak) + strong
