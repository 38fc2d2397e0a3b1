"""What the name of a column says of its figures: a share or rate, or a mean."""

import re

from geodata.register.names import fold

__all__ = ["says_mean", "says_rate"]

# English words stand alone ("separate" is no rate); Finnish and Swedish ones are parts of longer
# words, but not of a cooperative (osuuskunta), secondary education or a region.
_RATE = re.compile(
    r"%|prosent|procent|percent|per cent|osuu[sd](?!kun|pank|kau)|andel|aste\b|suhde|grad\b"
    r"|(?<![^\W_])(?:share|rate)s?(?![^\W_])"
)
_MEAN = re.compile(
    r"keski(?!ast| suom| pohj| uusi)|medel|(?<![^\W_])mean(?![^\W_])|average|medi?aani|median"
)


def says_rate(name: str) -> bool:
    """
    Whether a name says a share or a rate, in Finnish, Swedish or English.

    Examples
    --------
    >>> [says_rate(name) for name in ("Työttömyysaste", "Andel äldre", "jobless_rate", "Separated")]
    [True, True, True, False]
    """
    return _RATE.search(name.casefold()) is not None


def says_mean(name: str) -> bool:
    """
    Whether a name says a mean or a median.

    Examples
    --------
    >>> [says_mean(name) for name in ("Keski-ikä", "Medelålder", "Keskiasteen tutkinto")]
    [True, True, False]
    """
    return _MEAN.search(fold(name)) is not None
