"""Zone files: TOML, CSV and Excel, by `zones check` and what else reads them."""

import contextlib
import datetime as dt
import os
from pathlib import Path

import openpyxl
import pytest

import zones
from tests.dirty.harness import Refused, Right, Says, cli, figures, hold, table, write

FINE = 'id = "z"\ndivision = 2026\nname_fi = "Z"\ncodes = ["240", "241"]\n'


def toml(**changed):
    """Return a zone file of two municipalities with lines changed."""
    lines = {
        "id": '"z"',
        "division": "2026",
        "name_fi": '"Z"',
        "codes": '["240", "241"]',
        **changed,
    }
    return "".join(f"{key} = {value}\n" for key, value in lines.items() if value is not None)


def check(name, content):
    """Write a file and have it checked; return what is printed, without its line end."""
    write(name, content)
    return cli("check", name).strip()


OF_ONE = Right("Z: a valid zone of 1 municipality, division of 2026")
OF_TWO = Right("Z: a valid zone of 2 municipalities, division of 2026")


@table(
    ("fine", FINE, OF_TWO),
    ("BOM", "\ufeff" + FINE, OF_TWO),
    ("Windows lines", FINE.replace("\n", "\r\n"), OF_TWO),
    ("names", toml(codes='["Kemi", "Keminmaan kunta"]'), OF_TWO),
    ("UTF-16", FINE.encode("utf-16"), Says("own.toml", "not in UTF-8")),
    ("Latin-1", FINE.replace("Z", "Ä").encode("latin-1"), Says("own.toml", "not in UTF-8")),
    ("empty", "", Says("own.toml", "id is missing", "division is missing", "codes")),
    ("no TOML", "a zone of Kemi", Says("own.toml is no valid TOML", "line 1")),
    ("JSON", '{"id": "z"}', Says("own.toml is no valid TOML")),
    ("cut off", FINE[:-4], Says("own.toml is no valid TOML")),
    ("null", FINE + "\0", Says("own.toml is no valid TOML")),
    ("key twice", FINE + 'id = "y"\n', Says("own.toml is no valid TOML")),
    ("nested", "a = " + "[" * 5000 + "]" * 5000, Says("own.toml", "nested too deeply")),
    ("nested tables", "[" + "a." * 3000 + "a]\n", Says("own.toml", "a: unknown key")),
    ("digits", toml(division="1" * 10_000), Says("own.toml is no valid TOML", "10000 digits")),
    ("large", toml(description=f'"{"x" * 3_000_000}"'), Says("own.toml is larger than 2 MiB")),
    ("binary", bytes(range(256)), Says("own.toml", "not in UTF-8")),
    ("a zip", b"PK\x03\x04" + b"\xff" * 100, Says("own.toml", "not in UTF-8")),
    ("number as a code", toml(codes="[240, 241]"), Says("240 is not text", '"240"')),
    ("lost zeros", toml(codes='["91"]'), Says("'91' has 2 digits")),
    ("code as text", toml(codes='"240"'), Says("codes: expected a list, got '240'")),
    ("no codes", toml(codes="[]"), Says("codes: there is none")),
    ("truth as a code", toml(codes="[true]"), Says(r"codes\[1\]: true is not text")),
    ("date as a code", toml(codes="[2026-01-01]"),
     Says(r"codes\[1\]: the date 2026-01-01 is not text")),
    ("table as a code", toml(codes="[{a = 1}]"), Says(r"codes\[1\]: a table is not text")),
    ("nested codes", toml(codes='[["240"]]'), Says(r"codes\[1\]: \['240'\] is not text")),
    ("not a number", toml(codes="[nan]"), Says(r"codes\[1\]: nan is not text")),
    ("code twice", toml(codes='["240", "FI_240"]'), Says("FI_240 is given twice")),
    ("code and name of one", toml(codes='["240", "Kemi"]'), Says("given twice")),
    ("code of nobody", toml(codes='["999"]'), Says("999 was never a municipality")),
    ("merged", toml(codes='["588"]'), Says("588 was a municipality in 2013-2024")),
    ("name of nobody", toml(codes='["Kemii"]'), Says("Kemii.*did you mean 240 Kemi")),
    ("name of two", toml(codes='["Övertorneå"]'), Says("FI_976", "SE_2518")),
    ("no division", toml(division=None), Says("division is missing")),
    ("division as text", toml(division='"2026"'), Says("division", "'2026'")),
    ("division with decimals", toml(division="2026.5"), Says("division", "2026.5")),
    ("division of none", toml(division="nan"), Says("division", "nan")),
    ("division as truth", toml(division="true"), Says("division", "true")),
    ("division as a date", toml(division="2026-01-01"),
     Says("division: .* got the date 2026-01-01")),
    ("division too early", toml(division="1999"), Says("1999", "2013 to 2026")),
    ("division below zero", toml(division="-2026"), Says("from 2013 to 2026, got -2026")),
    ("no name", toml(name_fi=None), Right(OF_TWO.value.replace("Z", "z"))),
    ("name of nothing", toml(name_fi='"  "'), Says("name_fi: expected one line of text")),
    ("name as a number", toml(name_fi="3"), Says("name_fi: expected text, got 3")),
    ("name as a list", toml(name_fi='["Z"]'), Says(r"name_fi: expected text, got \['Z'\]")),
    ("unknown key", FINE + "nimi = 1\n", Says("nimi: unknown key")),
    ("escape in a key", FINE + '"\\u001b[2J" = 1\n', Says(r"\\x1b\[2J")),
    ("turned key", FINE + '"\\u202e" = 1\n', Says(r"\\u202e")),
    ("id with spaces", toml(id='"My Zone"'), OF_TWO),
    ("id of the library", toml(id='"viitoskaytava"'), Says("is a name of the library's")),
    ("id of nothing", toml(id='""'), Says("id: expected one line of text, got ''")),
    ("id as a number", toml(id="3"), Says("id: expected text, got 3")),
    ("id that climbs", toml(id='"../../z"'), OF_TWO),
    ("spine of one", FINE + 'spine = ["240"]\n', Says("spine: there is one centre")),
    ("spine of nobody", FINE + 'spine = ["240", "999"]\n',
     Says(r"spine\[2\]: 999 was never a municipality")),
    ("wrong codes", toml(codes=str([f"x{n}" for n in range(100)])), Says("100 faults", "x99")),
    ("ten thousand codes", toml(codes=str([f"x{n}" for n in range(10_000)])),
     Says("codes holds 10,000, and 349 municipalities are known")),
    ("all faults", "id = 3\ncodes = [91]\n", Says("id", "division is missing", "91 is not")),
)  # fmt: skip
def test_toml(given, expected):
    hold(expected, lambda: check("own.toml", given))


def filled(rows, *columns):
    """Return what is printed of a zone of two whose blank cells are those of the row above."""
    said = "; ".join(
        f"{name} of row {rows} is that of the row above, as in merged cells" for name in columns
    )
    return Right(f"{OF_TWO.value}\n  {said}")


HEAD = "id;name_fi;division;codes\n"
ROWS = HEAD + "z;Z;2026;240\nz;Z;2026;241\n"


@table(
    ("fine", ROWS, OF_TWO),
    ("commas", ROWS.replace(";", ","), OF_TWO),
    ("tabs", ROWS.replace(";", "\t"), OF_TWO),
    ("BOM", "\ufeff" + ROWS, OF_TWO),
    ("UTF-16", ROWS.encode("utf-16"), OF_TWO),
    ("Windows lines", ROWS.replace("\n", "\r\n"), OF_TWO),
    ("old Mac lines", ROWS.replace("\n", "\r"), OF_TWO),
    ("no last line end", ROWS.rstrip(), OF_TWO),
    ("empty lines", ROWS.replace("\n", "\n\n"), OF_TWO),
    ("names in capitals", ROWS.replace("codes", "CODES"), OF_TWO),
    ("spaces around", ROWS.replace(";", " ; "), OF_TWO),
    ("sep line", "sep=;\n" + ROWS, OF_TWO),
    ("all in one cell", HEAD + 'z;Z;2026;"240, 241"\n', OF_TWO),
    ("year with a decimal", ROWS.replace("2026", "2026.0"), OF_TWO),
    ("names", HEAD + "z;Z;2026;Kemi\nz;Z;2026;Keminmaa\n", OF_TWO),
    ("genitives", HEAD + "z;Z;2026;Kemin kaupunki\nz;Z;2026;Keminmaan kunta\n", OF_TWO),
    ("apostrophes", HEAD + "z;Z;2026;'240\nz;Z;2026;'241\n", OF_TWO),
    ("a letter in cp1252", HEAD.encode() + "z;Ä;2026;240\n".encode("cp1252"),
     Right("Ä: a valid zone of 1 municipality, division of 2026")),
    ("empty", "", Says("own.csv", "empty")),
    ("header alone", HEAD, Says("own.csv has no row below its header")),
    ("no header", "z;Z;2026;240\nz;Z;2026;241\n", Says("own.csv has no column id")),
    ("no codes", "id;division\nz;2026\n", Says("no column codes")),
    ("header twice", "id;division;codes;codes\nz;2026;240;241\n", Says("codes", "each once")),
    ("a row too long", ROWS + "z;Z;2026;242;Tornio\n", Says("line 4 has 5 values")),
    ("no division", HEAD + "z;Z;;240\n", Says("division is missing")),
    ("two divisions", HEAD + "z;Z;2026;240\nz;Z;2024;241\n", Says("division differs")),
    ("two names", HEAD + "z;Z;2026;240\nz;Y;2026;241\n", Says("name_fi differs")),
    ("division of words", HEAD + "z;Z;now;240\n", Says("division", "now")),
    ("division too late", HEAD + "z;Z;2099;240\n", Says("from 2013 to 2026, got 2099")),
    ("zeros lost", HEAD + "z;Z;2026;91\n", Says("'91' has 2 digits")),
    ("code with a decimal", HEAD + "z;Z;2026;91.0\n", Says("91.0", "091 Helsinki")),
    ("code twice", HEAD + "z;Z;2026;240\nz;Z;2026;240\n", Says("given twice")),
    ("code of nobody", HEAD + "z;Z;2026;999\n", Says("999 was never a municipality")),
    ("two zones", ROWS + "y;Y;2026;564\n", Says("holds the zones z, y", "own.csv#z")),
    ("null", ROWS + "z;Z;2026;2\x0040\n", Says("own.csv has a fault", r"\\x00")),
    ("quote without end", HEAD + 'z;Z;2026;"240\n', Says("own.csv: not a table.*inside string")),
    ("a page", "<!DOCTYPE html><html><body>404</body></html>", Says("own.csv has no column id")),
    ("a formula", HEAD + "z;Z;2026;=1+1\n", Says(r"'=1\+1' is not a name")),
    ("a million rows", HEAD + "z;Z;2026;240\n" * 1_000_000, Says("1,000,000 rows", "100,000")),
    ("escapes", HEAD + "z;Z;2026;\x1b[31m240\n", Says(r"\\x1b")),
    ("id said once", HEAD + "z;Z;2026;240\n;Z;2026;241\n", filled(3, "id")),
    ("all said once", HEAD + "z;Z;2026;240\n;;;241\n", filled(3, "id", "division")),
    ("division said once", HEAD + "z;Z;2026;240\nz;Z; ;241\n", filled(3, "division")),
    ("name said once", HEAD + "z;Z;2026;240\nz;;2026;241\n", OF_TWO),
    ("id left out", ROWS + ";Z;2026;242\n",
     Says("own.csv has a fault: no id in row 4: give it in each row")),
    ("id of spaces", ROWS + "  ;Z;2026;242\n", Says("no id in row 4")),
    ("id left out between", HEAD + "z;Z;2026;240\n;Z;2026;241\nz;Z;2026;242\n",
     Says("no id in row 3")),
    ("id left out at first", HEAD + ";Z;2026;240\nz;Z;2026;241\n", Says("no id in row 2")),
    ("id nowhere", HEAD + ";Z;2026;240\n;Z;2026;241\n", Says("no id in rows 2, 3")),
    ("id of either", HEAD + "z;Z;2026;240\ny;Y;2026;241\n;;2026;242\n",
     Says("holds the zones z, y.*no id in row 4")),
    ("id said once, another name", HEAD + "z;Z;2026;240\n;Y;2026;241\n",
     Says("name_fi differs between rows")),
    ("id said once, another year", HEAD + "z;Z;2026;240\n;Z;2025;241\n",
     Says("division differs between rows")),
    ("division left out", ROWS + "z;Z;;242\n", Says("no division in row 4")),
    ("division below the first", HEAD + "z;Z;;240\nz;Z;2026;241\n", Says("no division in row 2")),
    ("codes left out", ROWS + "z;Z;2026;\n", Says("no codes in row 4: give the municipality")),
    ("codes below a heading", HEAD + "z;Z;2026;\n;;;240\n;;;241\n", Says("no codes in row 2")),
    ("codes of nobody at all", HEAD + "z;Z;2026;\n", Says("no codes in row 2")),
)  # fmt: skip
def test_csv(given, expected):
    hold(expected, lambda: check("own.csv", given))


def book(rows, sheets=("zone",)):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        page = workbook.create_sheet(sheet)
        for row in rows:
            page.append(row)
    workbook.save("own.xlsx")


NAMES = ["id", "name_fi", "division", "codes"]


@table(
    ("fine", [NAMES, ["z", "Z", 2026, "240"], ["z", "Z", 2026, "241"]], OF_TWO),
    ("numbers", [NAMES, ["z", "Z", 2026, 240], ["z", "Z", 2026, 241]], OF_TWO),
    ("zeros lost", [NAMES, ["z", "Z", 2026, 91]], Says("'91' has 2 digits")),
    ("empty", [], Says("own.xlsx", "empty")),
    (
        "merged",
        [NAMES, ["z", "Z", 2026, "240"], [None, None, None, "241"]],
        filled(3, "id", "division"),
    ),
    (
        "id left out",
        [NAMES, *[["z", "Z", 2026, code] for code in ("240", "241")], [None, "Z", 2026, "242"]],
        Says("no id in row 4"),
    ),
    (
        "code left out",
        [NAMES, ["z", "Z", 2026, "240"], ["z", "Z", 2026, None]],
        Says("no codes in row 3"),
    ),
    (
        "title above",
        [["My zone"], NAMES, ["z", "Z", 2026, "240"]],
        Right("Z: a valid zone of 1 municipality, division of 2026"),
    ),
)
def test_excel(given, expected):
    book(given)
    hold(expected, lambda: cli("check", "own.xlsx").strip())


def test_a_book_of_two_sheets():
    book([NAMES, ["z", "Z", 2026, "240"]], sheets=("a", "b"))
    hold(Says("own.xlsx", "give the sheet, one of a, b"), lambda: cli("check", "own.xlsx"))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(5000), b"\xd0\xcf\x11\xe0"]
)
def test_no_workbook(content):
    hold(Says("own.xlsx", "no Excel workbook"), lambda: check("own.xlsx", content))


@table(
    ("coverage", ("coverage", "two.csv#oulu"), Right({"members": 1})),
    ("another year", ("coverage", "two.csv#kemi@2020"), Right({"members": 2})),
    ("extent and year", ("connectivity", "two.csv#kemi/own@2024"), Right({"border_links": 1})),
    ("none of it", ("coverage", "two.csv#x"), Says("no zone 'x'", "kemi, oulu")),
    ("none chosen", ("reach", "two.csv"), Says("holds the zones kemi, oulu", "two.csv#kemi")),
    ("nothing chosen", ("reach", "two.csv#"), Says("no zone or network is called 'two.csv#'")),
    ("no such file", ("coverage", "three.csv#kemi"), Says("three.csv", "no such file")),
    ("a TOML of another", ("coverage", "own.toml#kemi"), Says("no zone 'kemi'", "z")),
    ("a TOML of its own", ("coverage", "own.toml#z"), Right({"members": 2})),
    ("a name with a mark", ("coverage", "a#b.toml"), Right({"members": 2})),
)
def test_one_zone_of_a_file(given, expected):
    write("two.csv", HEAD + "kemi;K;2026;240\nkemi;K;2026;241\noulu;O;2026;564\n")
    for name in ("own.toml", "a#b.toml"):
        write(name, FINE)

    def ask():
        found = figures(*given)
        return {name: found[name] for name in expected.value}

    hold(expected, ask)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
@pytest.mark.parametrize("name", ["own.toml", "own.csv", "own.xlsx"])
def test_a_pipe(name):
    os.mkfifo(name)
    for words in (("check", name), ("coverage", name), ("show", name)):
        hold(Says(name, "is a pipe and no file"), lambda words=words: cli(*words))


@pytest.mark.parametrize("name", ["own.toml", "own.csv"])
def test_a_folder_or_nothing(name):
    hold(Says(name, "no such file"), lambda: cli("check", name))
    Path(name).mkdir()
    hold(Says(name, "is a folder"), lambda: cli("check", name))


@pytest.mark.parametrize("letter", ["\u001b", "\u0007", "\u009b", "\u202e", "\u2066", "\u200f"])
@pytest.mark.parametrize("key", ["id", "name_fi", "short_name_sv", "description", "source"])
def test_a_text_that_a_terminal_would_obey(key, letter):
    write("own.toml", toml(**{key: f'"a\\u{ord(letter):04x}b"'}))
    for words in (("check",), ("show",), ("show", "--json"), ("claims",)):
        with contextlib.suppress(Refused):
            cli(words[0], "own.toml", *words[1:])


BLOCK = '[[member]]\ncode = "240"\n'


@table(
    ("code alone", BLOCK, OF_TWO),
    ("code of a name", '[[member]]\ncode = "Kemi"\n', OF_TWO),
    ("outside of the codes", '[[member]]\ncode = "564"\n', OF_TWO),
    ("key of nothing", BLOCK + "zzz = 3\n", Says(r"member\[1\].zzz: unknown key; the keys are")),
    ("no table", 'member = "x"\n', Says("member: expected a list, got 'x'")),
    ("day of another order", BLOCK + 'valid_from = "1.1.2021"\n',
     Says(r"member\[1\].valid_from: expected a date such as .* got '1.1.2021'")),
    ("role of nobody", BLOCK + 'role = "hosst"\n',
     Says(r"member\[1\].role: 'hosst' is not known: did you mean host")),
    ("code of nobody", '[[member]]\ncode = "999"\n',
     Says(r"has a fault: member\[1\].code: 999 was never a municipality")),
    ("no code", '[[member]]\nrole = "host"\n', Says(r"member\[1\].code is missing")),
)  # fmt: skip
def test_members_beside_codes(given, expected):
    hold(expected, lambda: check("own.toml", FINE + given).splitlines()[0])


def test_members_without_a_row_beside_those_with_one_are_counted():
    for given, bare in ((BLOCK, "1 municipality"), (BLOCK.replace("240", "564"), "2 municip")):
        said = " ".join(check("own.toml", FINE + given).split())
        assert f"without evidence of their own: {bare}" in said
    both = BLOCK + BLOCK.replace("240", "241")
    assert "evidence" not in check("own.toml", FINE + both)


def evidence(name):
    """Return who is a member of a file's zone, how, from when to when and by which source."""
    rows = zones.memberships(zones.read_zone(name), former=True)
    rows = rows[["role", "valid_from", "valid_to", "source"]]
    return [tuple(value if isinstance(value, str) else "" for value in row)
            for row in rows.reset_index().itertuples(index=False)]  # fmt: skip


def test_members_beside_codes_are_the_evidence_as_beside_extents():
    members = """
[[member]]
code = "240"
role = "host"
valid_from = "2021"
valid_to = 2022-12-31
source = "minutes"
[[member]]
code = "564"
"""
    extents = FINE.replace("division", 'name_en = "Z"\n[[extent]]\nid = "own"\ndivision')
    extents = extents.replace('name_fi = "Z"\n', "").replace("name_en", "name_fi")
    for text in (FINE, extents):
        write("own.toml", text + members)
        assert evidence("own.toml") == [
            ("FI_240", "host", "2021", "2022-12-31", "minutes"),
            ("FI_564", "member", "", "", "own.toml"),
        ]
        assert zones.read_zone("own.toml").default_extent.units == ("FI_240", "FI_241")


@pytest.mark.parametrize(
    "columns",
    ["valid_from;valid_to;source", "alkaen;päättyen;lähde", "Från;Till;Källa"],
)
def test_memberships_in_a_csv_file_have_dates(columns):
    write("own.csv", f"id;division;codes;{columns}\nz;2026;240;2021;2022-12-31;a\nz;2026;241;;;b\n")
    assert evidence("own.csv") == [
        ("FI_240", "member", "2021", "2022-12-31", "a"),
        ("FI_241", "member", "", "", "b"),
    ]


def test_memberships_in_a_workbook_have_dates():
    day = dt.date(2022, 12, 31)
    book([[*NAMES, "valid_to", "role"], ["z", "Z", 2026, "240", day, "host"],
          ["z", "Z", 2026, "241", 2024.0, None]])  # fmt: skip
    assert evidence("own.xlsx") == [
        ("FI_240", "host", "", "2022-12-31", "own.xlsx"),
        ("FI_241", "member", "", "2024", "own.xlsx"),
    ]


def test_who_left_and_came_back_is_in_a_csv_file_twice_and_in_the_zone_once():
    write("own.csv", "id;division;codes;till;från\nz;2026;240;2021;\nz;2026;240;;2024\n")
    assert evidence("own.csv") == [
        ("FI_240", "member", "", "2021", "own.csv"),
        ("FI_240", "member", "2024", "", "own.csv"),
    ]
    assert zones.read_zone("own.csv").default_extent.units == ("FI_240",)


@table(
    ("unknown", "valid_form", Says("own.csv has unknown columns: valid_form; did you mean valid_")),
    ("of something else", "asukkaita", Says("unknown columns: asukkaita; the columns are codes")),
    ("one in two languages", "alkaen;från", Says("alkaen, från are one column: give one")),
    ("a day of another order", "alkaen", Says("valid_from of row 2: expected a date .* '1.1.21'")),
    ("a role of nobody", "rooli", Says("role of row 2: '1.1.21' is not known: give one of host")),
    ("without a name", "", OF_ONE),
)
def test_columns_of_a_csv_file(given, expected):
    value = "1.1.21" if given else ""
    cells = ";".join(value for _ in given.split(";"))
    hold(expected, lambda: check("own.csv", f"{HEAD[:-1]};{given}\nz;Z;2026;240;{cells}\n"))


def test_the_keys_that_are_listed_are_those_that_are_hinted_at():
    hold(Says("membership_fes: unknown key; did you mean membership_fees?"),
         lambda: check("own.toml", FINE + 'membership_fes = "x"\n'))  # fmt: skip
    hold(Says("zzz: unknown key; the keys are .*, membership_fees, .*, name, name_en, .*, source"),
         lambda: check("own.toml", FINE + 'zzz = "x"\n'))  # fmt: skip
