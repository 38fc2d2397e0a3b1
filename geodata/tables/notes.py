"""What is noticed in a table: lines of English, each with what it is made of."""

from typing import Self

from geodata.messages import listed

__all__ = ["TEXTS", "Note"]

TEXTS = {
    "area_kind": "each row is a {kind} of {division}",
    "division": "municipalities of {division}: the table fits {years}",
    "division_whole": "municipalities of {division}: the table fits {years}, is the whole division "
    "of {whole}",
    "grown": "taken as of {division}: by {last} {names} took in others; give division={last} if "
    "the figures are of the later borders",
    "lacking": "municipalities of {division} that are not in the table ({count}): {names}",
    "sheet": "read from sheet {sheet}, not {others}",
    "preliminary": "preliminary: {names}",
    "undeclared": "columns that are not declared: {names}",
    "said_once": "{column} is said once for {rows} rows each",
    "blank": "left out, with no figures: {texts}",
    "within": "{value} is taken as {year}",
    "other_years": "rows of {years} are left out",
    "rows_country": "rows of the whole country, not added up: {texts}",
    "rows_part": "rows of a part of the country, not added up: {texts}",
    "rows_area": "rows of coarser areas, not added up: {texts}",
    "rows_total": "rows of totals, not added up: {texts}",
    "rows_nowhere": "rows of no known place, not added up: {texts}",
    "rows_elsewhere": "rows of municipalities that are not known here, not added up: {texts}",
    "marked_names": "names with a mark of a note: {texts}",
    "marked_figures": "{column}: figures with a mark that was left out: {count}, such as {example}",
    "rate_differs": "{column} differs from {rule} in {count} of {rows} figures, which sums are "
    "made of",
    "totals_agree": "{what}: municipalities add up to the totals in the table ({count})",
    "totals_near": "{what}: sums and totals differ as by rounding (sum / total): {pairs}",
}
"""A note's key, and its English text with places for what it is made of."""


class Note(str):
    """
    A line on what was noticed, which can be said in another language: its key and its parts.

    Parameters
    ----------
    key
        One of `TEXTS`.
    **parts
        What fills the text. A tuple is listed: the first few, and how many more there are.

    Examples
    --------
    >>> note = Note("other_years", years=("2018", "2019"))
    >>> note, note.key
    ('rows of 2018, 2019 are left out', 'other_years')
    """

    __slots__ = ("key", "parts")

    key: str
    parts: dict[str, object]

    def __new__(cls, key: str, **parts: object) -> Self:
        """Write the line."""
        note = super().__new__(
            cls, TEXTS[key].format(**{name: _shown(part) for name, part in parts.items()})
        )
        note.key, note.parts = key, parts
        return note

    def __reduce__(self) -> tuple[object, ...]:
        """Return how the note is made again elsewhere."""
        return _again, (self.key, self.parts)


def _shown(part: object) -> object:
    return listed(part) if isinstance(part, tuple) else part


def _again(key: str, parts: dict[str, object]) -> Note:
    return Note(key, **parts)
