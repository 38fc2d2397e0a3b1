"""Tables in every dialect that spreadsheets write."""

import pandas as pd
import pytest

from geodata.errors import FileFormatError
from geodata.files.tables import read_points, read_table

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


def test_a_field_of_any_length(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(f'id,codes\nlong,"{"091 " * 100_000}"\n', encoding="utf-8")
    assert len(read_table(path)["codes"][0]) == 400_000


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
