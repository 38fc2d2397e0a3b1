"""Small values that the records are made of: a fixed mapping, a name in three languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from zones.texts import LANGUAGES, Language, check_language, phrase

__all__ = [
    "FREE_TEXT_LANGUAGE",
    "Code",
    "Day",
    "Facts",
    "Line",
    "MeasureName",
    "Names",
    "Owner",
    "Prose",
    "Said",
    "Words",
    "Year",
]

# What the types of the records' fields say to who reads them from a file.
Line = Annotated[str, "one line of text, not empty"]
Day = Annotated[str, "a date: 2021, 2021-11 or 2021-11-30"]
Said = Annotated[str, "a date in words"]
Code = Annotated[str, "a municipality's code"]
Year = Annotated[int, "a year"]
Owner = Annotated[str, "the id of the group that the record is of"]
MeasureName = Annotated[str, "a measure that coverage or reach gives"]


@dataclass(frozen=True, slots=True)
class Words:
    """Says that a text is one of the words that have a text ``groups.{kind}.{word}``."""

    kind: str


# Makers' notes and checks are in this language, and are not translated: whoever shows them says so
# (`lang` in HTML). Texts for readers are `Names`.
FREE_TEXT_LANGUAGE: Language = "en"


class Facts(Mapping[str, Any]):
    """
    A mapping that cannot be changed and can be hashed, compared and pickled.

    Examples
    --------
    >>> Facts({"founded": "2013"})["founded"]
    '2013'
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Any] | None = None) -> None:
        """Take the items over; lists become tuples."""
        self._items: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in (items or {}).items()
        }

    def __getitem__(self, key: str) -> Any:
        """Return one fact."""
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys in the order of the file."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return the number of facts."""
        return len(self._items)

    def __hash__(self) -> int:
        """Hash the items, whatever their order."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """Show the items."""
        return f"Facts({self._items!r})"


@dataclass(frozen=True, slots=True)
class Names:
    """
    A name or text in up to three languages; a missing one falls back to the Finnish one.

    Examples
    --------
    >>> Names("Suomen Viitoskäytävä").get("sv")
    ('Suomen Viitoskäytävä', 'fi')
    """

    fi: Line
    sv: Line | None = None
    en: Line | None = None

    @classmethod
    def of(cls, key: str, **params: Any) -> "Names":
        """
        Return a text of the library in its three languages.

        Examples
        --------
        >>> Names.of("groups.role.member").text("sv")
        'medlem'
        """
        return cls(*(phrase(key, lang, **params) for lang in LANGUAGES))

    @classmethod
    def plain(cls, text: str) -> "Names":
        """
        Return a text that is one in every language, as a user's own is.

        Examples
        --------
        >>> Names.plain("Kaksi rannikkoa").get("en")
        ('Kaksi rannikkoa', 'en')
        """
        return cls(text, text, text)

    def get(self, lang: Language) -> tuple[str, Language]:
        """Return the name and the language it is in, which differs where the name is missing."""
        name: str | None = getattr(self, check_language(lang))
        return (name, lang) if name else (self.fi, "fi")

    def text(self, lang: Language) -> str:
        """Return the name alone."""
        return self.get(lang)[0]

    def render(self, lang: Language | None = None) -> str:
        """Return the name alone, as a part of a phrase."""
        return self.text(check_language(lang))

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names there are."""
        return iter([name for name in (self.fi, self.sv, self.en) if name])

    def __str__(self) -> str:
        """Return the Finnish name."""
        return self.fi


Prose = Annotated[Names, "a text for readers, in three languages or a user's own in one"]
