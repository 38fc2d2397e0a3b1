"""Tables in every dialect that spreadsheets write."""

import zipfile

import pandas as pd
import pytest

from geodata.errors import FileFormatError
from geodata.files.tables import read_points, read_sheets, read_table

ROWS = [["Äänekoski", "1 200"], ["Närpes; Närpiö", "12,5"], ["Luleå|Luulaja\t", ".."]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_dialect_is_the_same_table(tmp_path, encoding, delimiter, line_end):
    path = tmp_path / "table.csv"
    quoted = [["kunta", "väestö"], *([f'"{name}"', f'"{people}"'] for name, people in ROWS)]
    text = line_end.join(delimiter.join(row) for row in quoted)
    path.write_bytes(text.encode(encoding))
    table = read_table(path)
    assert list(table.columns) == ["kunta", "väestö"]
    assert table.to_numpy().tolist() == ROWS


def test_what_spreadsheets_add(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("sep=;\n code ; name;;\n091;;;\n;;;\n\n049;NA;;\n", encoding="utf-8")
    table = read_table(path)
    assert table.columns.tolist() == ["code", "name"]
    assert table["code"].tolist() == ["091", "049"]
    assert table["name"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Population, by area\n\na;b\n1;2,5\n",
        '"Population, 2025"\n\n"a","b"\n"1","2,5"\n',
        "Population;\n;\na;b\n1;2,5\n",
        "Population 2025\nSource: nobody\na\tb\n1\t2,5\n\nA note\nAnother\n",
        "a|b\n1|2,5\n|\nA note|\n",
    ],
)
def test_a_title_above_and_notes_below(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert read_table(path).to_dict("list") == {"a": ["1"], "b": ["2,5"]}


def test_the_rows_of_the_file_are_kept(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("Title\n\na;b\n1;2\n\n3;4\n\nA note\n", encoding="utf-8")
    (sheet,) = read_sheets(path)
    assert (sheet.title, sheet.notes, list(sheet.table.index)) == ("Title", ("A note",), [4, 6])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("k;Jobs;;People\n;2018;2019;\n091;1;2;3\n", ["k", "Jobs 2018", "Jobs 2019", "People"]),
        (";Jobs;\nk;2018;2019\n091;1;2\n", ["k", "Jobs 2018", "Jobs 2019"]),
        (
            "k;Jobs;;;\n;Men;;Women;\n;2018;2019;2018;2019\n091;1;2;3;4\n",
            ["k", "Jobs Men 2018", "Jobs Men 2019", "Jobs Women 2018", "Jobs Women 2019"],
        ),
        (";a;b\n091;;6\n", ["", "a", "b"]),
        ("k;a;\n091;5;6\n", ["k", "a", ""]),
    ],
)
def test_names_in_several_rows_are_joined(tmp_path, text, names):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert read_table(path).columns.tolist() == names


def test_rows_with_one_value_are_no_notes(tmp_path):
    path = tmp_path / "zone.csv"
    path.write_text("id,codes\nz,091\n,049\n\n,092\n", encoding="utf-8")
    assert read_table(path)["codes"].tolist() == ["091", "049", "092"]
    path.write_text("id,codes\nz,091\ny,\n", encoding="utf-8")
    assert read_table(path)["id"].tolist() == ["z", "y"]


def test_a_field_of_any_length(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(f'id,codes\nlong,"{"091 " * 100_000}"\n', encoding="utf-8")
    assert len(read_table(path)["codes"][2]) == 400_000


@pytest.mark.parametrize("name", ["book.xlsx", "book.XLSX"])
def test_a_sheet_of_excel(tmp_path, name):
    path = tmp_path / name
    frame = pd.DataFrame(ROWS, columns=["kunta", "väestö"])
    frame.to_excel(path, index=False, engine="openpyxl")
    assert read_points(path).to_numpy().tolist() == ROWS
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        frame.to_excel(book, sheet_name="rows", index=False)
        frame.to_excel(book, sheet_name="again", index=False)
    assert read_points(path, layer="again").to_numpy().tolist() == ROWS
    with pytest.raises(FileFormatError, match="give the sheet, one of rows, again"):
        read_points(path)
    path.write_text("id,codes\n")
    with pytest.raises(FileFormatError, match="no Excel workbook"):
        read_points(path)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty; a header row was expected"),
        (b"Population, 2025\na,b\n1,2,3\n", "line 3 has 3 values, the header 2 names"),
        (b"a,b\n1,2\n1,2,3\n", "line 3 has 3 values, the header 2 names"),
        (b"a,b\n1,2,3\n", "line 2 has 3 values, the header 2 names"),
        (b"a,b,a\n1,2,3\n", "several columns are called 'a'"),
        (b'a,b\n1,"2\n', "not a table with one header row"),
        (b"\x8d\xff\x81,b\n", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_no_table(tmp_path, content, fault):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match=fault):
        read_table(path)


def test_a_workbook_that_swells_is_not_opened(tmp_path):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", " " * (60 * 2**20))
    with pytest.raises(FileFormatError, match="more than 200 times its size"):
        read_table(path)
