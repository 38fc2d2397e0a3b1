"""What is noticed in a table: said in the language of who reads it."""

import copy
import pickle

import pytest
from typer.testing import CliRunner

from geodata import read_indicators
from geodata.tables.notes import TEXTS, Note
from zones.cli.app import app
from zones.texts import LANGUAGES, phrases
from zones.wording.tables import note_text

TABLE = """kunta,vuosi,jobs
KOKO MAA,2024,6
Oulu,2024,1*
Kemi,2024,2
Tornio,2024,3
Oulu,2023,1
"""
DESCRIPTION = 'year = 2024\n\n[[column]]\nid = "jobs"\nkind = "count"\n'


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_text(TABLE, "utf-8")
    path.with_suffix(".toml").write_text(DESCRIPTION, "utf-8")
    return path


def test_english_says_what_python_says():
    words = phrases("tables", "en")
    assert {f"note.{key}": text for key, text in TEXTS.items()} == {
        key: text for key, text in words.items() if key.startswith("note.")
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_long_list_is_cut_in_the_same_place(lang):
    note = Note("blank", texts=tuple("abcdefgh"))
    shown, _, rest = note_text(note, lang).partition("a, b, c, d, e")
    assert shown
    assert "3" in rest
    assert "f, g" not in rest
    assert note_text(note, "en") == note


def test_a_note_is_the_same_note_elsewhere():
    note = Note("marked_figures", column="'jobs'", count=1, example="'1*'")
    for other in (pickle.loads(pickle.dumps(note)), copy.deepcopy(note)):
        assert other == note
        assert note_text(other, "fi") == note_text(note, "fi") != note


def test_what_is_not_a_note_stays():
    assert note_text("Lähde: {kunta}", "fi") == "Lähde: {kunta}"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            ["rows of 2023 are left out", "rows of the whole country, not added up"],
        ),
        ("fi", ["muiden vuosien rivit on jätetty pois: 2023", "koko maan rivejä"]),
        ("sv", ["rader för andra år är utelämnade: 2023", "rader för hela landet"]),
    ],
)
def test_the_listing_of_a_table_speaks_the_readers_language(table, lang, said):
    assert len(read_indicators(table).notes) > 2
    result = CliRunner().invoke(app, ["table", str(table), "--lang", lang])
    assert result.exit_code == 0, result.output
    text = " ".join(result.output.split())
    for words in said:
        assert words in text
    if lang != "en":
        for note in read_indicators(table).notes:
            assert note not in text
