"""Grids, points, flows and minutes: the tables that figures are counted from."""

import json

import pytest

import zones
from geodata.points.grids import read_grid
from tests.dirty.harness import Refused, Right, Says, cli, hold, table, write


def people():
    """Return the people of the grid in own.csv, a whole number where it is one."""
    return float(read_grid("own.csv").people.sum())


# Four cells of 1 km by their lower left corners.
CELLS = (
    "xkoord;ykoord;vaesto\n380000;6670000;1\n381000;6670000;2\n380000;6671000;3\n381000;6671000;4\n"
)
OF_TEN = Right(10.0)
TWICE = (
    "xkoord;ykoord;vaesto;population\n380000;6670000;1;{}\n381000;6670000;2;2\n"
    "380000;6671000;3;3\n381000;6671000;4;4\n"
)


@table(
    ("fine", CELLS, OF_TEN),
    ("commas", CELLS.replace(";", ","), OF_TEN),
    ("people twice, the same", TWICE.format(1), OF_TEN),
    ("people twice", TWICE.format(9),
     Says("^own.csv: (vaesto, population|population, vaesto) may each be the people: name one")),
    ("tabs", CELLS.replace(";", "\t"), OF_TEN),
    ("BOM", "\ufeff" + CELLS, OF_TEN),
    ("UTF-16", CELLS.encode("utf-16"), OF_TEN),
    ("capitals", CELLS.replace("vaesto", "VAESTO"), OF_TEN),
    ("dots", CELLS.replace("vaesto", "väestö"), OF_TEN),
    ("dots decomposed", CELLS.replace("vaesto", "va\u0308esto\u0308"), OF_TEN),
    ("spaces around", CELLS.replace(";", " ; "), OF_TEN),
    ("Windows lines", CELLS.replace("\n", "\r\n"), OF_TEN),
    ("thousands apart", CELLS.replace(";4\n", ";1 000\n"), Right(1006.0)),
    ("no-break thousands", CELLS.replace(";4\n", ";1\u00a0000\n"), Right(1006.0)),
    ("thousands by a comma", CELLS.replace(";4\n", ";1,000\n"), Says("1,000", "1000")),
    ("thousands by a point", CELLS.replace(";4\n", ";1.000\n"), Says("1.000", "1000")),
    ("decimals", CELLS.replace(";4\n", ";4,5\n"), Right(10.5)),
    ("hidden figure", CELLS.replace(";4\n", ";-1\n"), Says("'vaesto' is negative in row 5 .-1.")),
    ("nines", CELLS.replace(";4\n", ";99999999\n").replace(";3\n", ";99999999\n"),
     Says("'vaesto' is 99999999 in rows 4, 5.*mark of a missing figure")),
    ("words", CELLS.replace(";4\n", ";four\n"), Says("no number in row 5 .'four'")),
    ("infinite", CELLS.replace(";4\n", ";inf\n"), Says("no number in row 5 .'inf'")),
    ("more than on Earth", CELLS.replace(";4\n", ";1e30\n"), Says("people in row 5 .1e.30")),
    ("no coordinate", CELLS.replace("381000;6671000;4", ";6671000;4"), Says("xkoord.* in row 5")),
    ("no columns", "a;b\n1;2\n", Says("own.csv: no column for x among a, b")),
    ("no people", "xkoord;ykoord\n380000;6670000\n", Says("no column for people among")),
    ("header alone", "xkoord;ykoord;vaesto\n", Says("own.csv: no rows")),
    ("empty", "", Says("own.csv", "empty")),
    ("a row too long", CELLS + "1;2;3;4\n", Says("line 6 has 4 values")),
    ("column twice", CELLS.replace("ykoord", "xkoord"), Says("xkoord", "once")),
    ("a page", "<html><body>404</body></html>", Says("own.csv: no rows")),
    ("noise", bytes(range(128, 256)) * 50, Says("own.csv: neither UTF-8 nor Windows-1252")),
)  # fmt: skip
def test_a_grid(given, expected):
    write("own.csv", given)
    hold(expected, people)


@table(
    ("fine", CELLS, Right(4)),
    ("no coordinates", "a;b\n1;2\n", Says("own.csv: no column for x among a, b")),
    ("empty", "", Says("own.csv", "empty")),
)
def test_points_of_a_table(given, expected):
    write("own.csv", given)
    hold(expected, lambda: len(read_grid("own.csv").x))


@table(
    ("grid not there", ("--within", "0,10", "--grid", "none.csv"), Says("none.csv: no such file")),
    ("grid of a page", ("--within", "0,10", "--grid", "page.csv"), Says("page.csv: no rows")),
    ("grid alone", ("--grid", "own.csv"), Says("--within")),
    ("matrix not there", ("--matrix", "none.csv"), Says("none.csv: no such file")),
    ("minutes alone", ("--minutes", "30"), Says("--matrix")),
    ("minutes of words", ("--minutes", "soon", "--matrix", "own.csv"), Says("'soon'")),
    ("below zero", ("--within", "-5"), Says("--within", "-5")),
    ("of nothing", ("--within", ""), Says("--within", "'' is not a list")),
    ("not a number", ("--within", "nan"), Says("--within has nan")),
    ("infinite", ("--within", "inf"), Says("--within has inf")),
    ("rule of nobody", ("--within", "5", "--grid", "own.csv", "--rule", "x"), Says("--rule 'x'")),
    ("from nowhere", ("--within", "5", "--of", "x"), Says("--of 'x' is not known")),
    ("year of words", ("--year", "now"), Says("'now' is not a year")),
    ("year of another age", ("--year", "1809"), Says("1809", "2013-2026")),
    ("extent of nobody", ("--extent", "x"), Says("no extent 'x'", "own")),
    ("corridor of nothing", ("--extent", "corridor--5km"), Says("corridor--5km")),
    ("language of nobody", ("--lang", "de"), Says("'de'", "fi, sv, en")),
    ("two formats", ("--json", "--csv"), Says("two formats")),
    ("error without a file", ("--error-m", "20"), Says("--boundaries FILE")),
    ("source of nobody", ("--source", "newest"), Says("bundled or latest")),
    ("unknown option", ("--population",), Says("--population")),
    ("unknown and turned", ("--\u202ex",), Says("u202e")),
)  # fmt: skip
def test_words_after_reach(given, expected):
    write("own.csv", CELLS)
    write("page.csv", "<html>404</html>")
    write("kemi.csv", "id;division;codes\nkemi;2026;240\n")
    hold(expected, lambda: cli("reach", "kemi.csv", *given))


@table(
    ("a typo", ("coverage", "viitoskaytva"), Says("did you mean viitoskaytava")),
    ("a municipality", ("coverage", "Oulu"), Says("it is a municipality")),
    ("nothing", ("coverage",), Says("Missing argument 'ID", "zones coverage --help")),
    ("empty", ("coverage", ""), Says("no zone or network is called ''")),
    ("a terminal's words", ("coverage", "\x1b[2J"), Says(r"\\x1b\[2J")),
    ("no command", ("coverag",), Says("No such command 'coverag'.*'coverage'")),
    ("a year of words", ("coverage", "liukas@kaksi"), Says("'kaksi'")),
    (
        "two years",
        ("coverage", "liukas@2022@2023"),
        Says("no zone or network is called 'liukas@2022@2023'"),
    ),
    (
        "an option twice",
        ("coverage", "liukas", "--year", "2020", "--year", "2026"),
        Says("--year is given 2 times: give it once; `zones coverage --help`"),
    ),
    (
        "an output by both names",
        ("coverage", "liukas", "-o", "a.csv", "--output", "b.csv"),
        Says("--output is given 2 times"),
    ),
    (
        "a limit of nothing",
        ("what-if", "liukas", "--add", "Oulu", "--limit", "3"),
        Says("--limit is of --best: give that too"),
    ),
    (
        "none of the best",
        ("what-if", "liukas", "--best", "people", "--limit", "0"),
        Says("^--limit 0 is too small: give 1 or more$"),
    ),
    ("a table of no name", ("table", "."), Says(r"^\. is a folder; give a file")),
    ("a theme", ("coverage", "theme-vetytalous"), Says("is a theme, which has no municipalities")),
    ("map of a picture", ("map", "liukas", "-o", "map.jpg"), Says("map.jpg", ".html, .png")),
    ("map of nothing", ("map", "liukas", "-o", ""), Says("is no kind of map", ".html, .png")),
    (
        "map on a device",
        ("map", "liukas", "-o", "/dev/null"),
        Says("'/dev/null' is no kind of map"),
    ),
    ("map on a folder", ("map", "liukas", "-o", "."), Says("'.' is no kind of map")),
    ("map nowhere", ("map", "liukas", "-o", "no/such/map.html"), Says("no/such/map.html", "write")),
    ("map of a long name", ("map", "liukas", "-o", "a" * 300 + ".html"), Says("cannot write")),
    ("map of a null", ("map", "liukas", "-o", "a\0.html"), Says("--output.*null byte")),
    ("report of a long name", ("report", "liukas", "-o", "a" * 300), Says("cannot write")),
    ("report of a null", ("report", "liukas", "-o", "a\0"), Says("--output.*null byte")),
    ("report as a file", ("report", "liukas", "-o", "r.pdf"), Says("a report is a folder")),
    (
        "report on a device",
        ("report", "liukas", "-o", "/dev/null"),
        Says("cannot write to folder '/dev/null'"),
    ),
)
def test_words(given, expected):
    hold(expected, lambda: cli(*given))


OF_NINE = "kunta;jobs\nKemi;5\nÄhtäri;4\n"
BESIDE = 'division = 2026\nyear = 2025\n[[column]]\nname = "jobs"\nid = "jobs"\nkind = "count"\n'


@table(
    ("fine", OF_NINE, Right(9)),
    ("UTF-16", OF_NINE.encode("utf-16"), Right(9)),
    ("Windows", OF_NINE.encode("cp1252"), Right(9)),
    ("thousands of all kinds", "kunta;jobs\nKemi;1’000\nÄhtäri;1\u2009000\n", Right(2000)),
    ("UTF-16 without its mark", OF_NINE.encode("utf-16-be"),
     Says("^t.csv: in UTF-16 without its mark, or no text; save the file as CSV in UTF-8$")),
    ("UTF-32", OF_NINE.encode("utf-32"), Says("^t.csv: in UTF-32.*save the file as CSV in UTF-8$")),
    ("UTF-8 read as Latin-1", OF_NINE.encode().decode("cp1252"),
     Says("it seems to be 'Ähtäri'.; save the file as UTF-8; did you mean 989 Ähtäri")),
    ("numbers", "kunta;jobs\n49.0;5\n240.0;4\n",
     Says("holds numbers.*: save it as text, with its zeros, or write 049 for 49")),
    ("per cents", "kunta;jobs\nKemi;5 %\n", Says("has per cents, such as '5 %'")),
    ("truth", "kunta;jobs\nKemi;TRUE\nÄhtäri;4\n", Says("'TRUE' .row 2., neither a number")),
    ("dates", "kunta;jobs\nKemi;2025-01-02\nÄhtäri;4\n", Says("'2025-01-02' .row 2.")),
    ("formulas", "kunta;jobs\nKemi;=1+1\nÄhtäri;4\n", Says("'=1.1' .row 2., neither a number")),
)  # fmt: skip
def test_a_table_on_the_command_line(given, expected):
    write("t.csv", given)
    write("t.toml", BESIDE)

    def ask():
        found = json.loads(cli("table", "t.csv", "Kemi,Ähtäri", "--json"))
        return next(row["value"] for row in found["measures"] if row["name"] == "jobs")

    hold(expected, ask)
    if isinstance(expected, Says):
        with pytest.raises(Refused, match=r"^(?!.*(dtype|encoding=|in Python))"):
            cli("table", "t.csv", "Kemi,Ähtäri")


def test_half_of_what_is_written_is_never_there(folder):
    for words in (("map", "liukas", "-o", "no/map.html"), ("report", "x", "-o", "r")):
        with pytest.raises(Exception, match=r"cannot write|no zone"):
            cli(*words)
    assert list(folder.iterdir()) == []


# Two cells in the middle of Kemi, by the lower left corner in EPSG:3067.
IN_KEMI = ((388000, 7293000, 40), (389000, 7293000, 2))
WRONG = "".join(f"CRS3035RES1000mN{y}E{x};{n}\n" for x, y, n in IN_KEMI)
RIGHT = WRONG.replace("CRS3035", "CRS3067")
# As easting and northing of Norway's and western Sweden's zone, which lie in the Atlantic.
COLUMNS = "x;y;people\n" + "".join(f"{x};{y};{n}\n" for x, y, n in IN_KEMI)
FITS = Says(
    "^the grid does not lie where the municipalities are: none of its 2 cells or points",
    "Finland or northern Sweden",
    r"x 38\d+ to 38\d+, y 7.293\d*e\+06",
    r"they fit EPSG:3067 .* give --grid-crs 3067",
)


def near_kemi(*words):
    found = json.loads(cli("reach", "240,241", "--within", "0,5", "--grid", "own.csv", *words,
                           "--json"))  # fmt: skip
    return [one["value"] for one in found["measures"] if one["name"] == "population_within"]


@table(
    ("right", ("GRD_ID;people\n" + RIGHT,), Right([42, 42])),
    ("identifiers of another system", ("GRD_ID;people\n" + WRONG,), FITS),
    ("columns of another system", (COLUMNS, "--grid-crs", "3035"), FITS),
    ("by area", (COLUMNS, "--grid-crs", "3035", "--grid-cell-m", "1000"), FITS),
    ("nowhere", ("x;y;people\n1000;2000;5\n2000;2000;5\n",),
     Says("they fit no CRS that is usual there", "give --grid-crs")),
    # Helsinki is elsewhere, and in a municipality: nobody is an answer.
    ("elsewhere", ("GRD_ID;people\n1kmN6672E0385;5\n",), Right([0, 0])),
    # As is Kiruna, in a country without members.
    ("abroad", ("x;y;people\n20.23;67.86;5\n", "--grid-crs", "4326"), Right([0, 0])),
)  # fmt: skip
def test_a_grid_in_another_system_is_not_nobody(given, expected):
    write("own.csv", given[0])
    hold(expected, lambda: near_kemi(*given[1:]))


@pytest.mark.parametrize("ask", [
    lambda: zones.catchments(zones.area(["Kemi", "Keminmaa"]), 10, grid="own.csv"),
    lambda: zones.potential(zones.area(["Kemi", "Keminmaa"]), within_km=10, grid="own.csv"),
    lambda: zones.reached_by(["viitoskaytava", "peramerenkaari"], grid="own.csv"),
], ids=["catchments", "potential", "reached_by"])  # fmt: skip
def test_catchments_and_potentials_of_a_grid_in_another_system(ask):
    write("own.csv", "GRD_ID;people\n" + WRONG)
    hold(Says("they fit EPSG:3067 .*give the grid's crs=3067"), ask)


def test_a_grid_read_piece_by_piece_in_another_system(monkeypatch):
    monkeypatch.setattr("zones.measures.reach.cells.is_large", lambda _: True)
    write("own.csv", "GRD_ID;people\n" + WRONG)
    hold(FITS, near_kemi)
