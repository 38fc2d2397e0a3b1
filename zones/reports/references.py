"""Numbered sources of a chapter: every address once, in the order of mention."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

__all__ = ["Reference", "References", "web_address"]


@dataclass(frozen=True)
class Reference:
    """A source with its number, what is shown of it, and its address where it has one."""

    number: int
    text: str
    address: str | None


@dataclass(eq=False)
class References:
    """Sources in the order of mention."""

    found: dict[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    """What is shown in place of sources that are no title or address."""

    def number(self, source: str | None) -> int | None:
        """Return the number of a source; nothing for an empty one."""
        if not source or not source.strip():
            return None
        return self.found.setdefault(source.strip(), len(self.found) + 1)

    def numbers(self, sources: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of several sources, each once."""
        numbers = (self.number(source) for source in sources)
        return tuple(dict.fromkeys(number for number in numbers if number is not None))

    @property
    def listed(self) -> tuple[Reference, ...]:
        """The sources by number."""
        return tuple(
            Reference(number, self.words.get(text, text), web_address(text))
            for text, number in self.found.items()
        )


def web_address(text: str) -> str | None:
    """
    Return the text where it is an address of the web, which alone may become a link.

    Examples
    --------
    >>> web_address("https://tem.fi/x"), web_address("javascript:alert(1)"), web_address("minutes")
    ('https://tem.fi/x', None, None)
    """
    if not text.startswith(("https://", "http://")) or any(letter.isspace() for letter in text):
        return None
    try:
        return text if urlsplit(text).netloc else None
    except ValueError:
        return None
