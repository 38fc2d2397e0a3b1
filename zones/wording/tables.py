"""What is noticed in a person's own table, in the language of who reads it."""

from geodata.tables.notes import Note
from zones.texts import Language, phrase

__all__ = ["note_text"]

_MOST = 5


def note_text(note: str, lang: Language) -> str:
    """
    Return a note of a table in a language; what stood in the file itself stays as it is.

    Examples
    --------
    >>> from geodata.tables.notes import Note
    >>> note_text(Note("other_years", years=("2018", "2019")), "sv")
    'rader för andra år är utelämnade: 2018, 2019'
    """
    if not isinstance(note, Note):
        return note
    parts = {
        name: _listed(part, lang) if isinstance(part, tuple) else part
        for name, part in note.parts.items()
    }
    return phrase(f"tables.note.{note.key}", lang, **parts)


def _listed(texts: tuple[str, ...], lang: Language) -> str:
    shown, more = ", ".join(texts[:_MOST]), len(texts) - _MOST
    return phrase("tables.more", lang, shown=shown, count=more) if more > 0 else shown
