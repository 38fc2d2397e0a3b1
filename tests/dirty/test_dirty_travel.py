"""Tables of flows and of minutes as people have them: right, or one clear error."""

import geodata
import zones
from geodata.travel.matrices import read_travel_times
from tests.dirty.harness import Right, Says, hold, table, write

FLOWS = "origin;destination;people\n240;241;10\n241;240;5\n240;240;100\n"
KEMI = zones.read_zone(["240", "241"], division=2026)


def moved():
    graph = zones.flow_graph(zones.area(KEMI), "own.csv")
    return graph.balance().loc["FI_240", ["stay", "in", "out"]].tolist()


OF_KEMI = Right([100.0, 5.0, 10.0])


@table(
    ("fine", FLOWS, OF_KEMI),
    ("names", FLOWS.replace("240", "Kemi").replace("241", "Keminmaa"), OF_KEMI),
    ("genitives", FLOWS.replace("240", "Kemin kaupunki"), OF_KEMI),
    ("commas", FLOWS.replace(";", ","), OF_KEMI),
    ("BOM", "\ufeff" + FLOWS, OF_KEMI),
    ("UTF-16", FLOWS.encode("utf-16"), OF_KEMI),
    ("spaces around", FLOWS.replace(";", " ; "), OF_KEMI),
    ("negative", FLOWS.replace(";5\n", ";-5\n"), Says("0 or more.*-5")),
    ("infinite", FLOWS.replace(";5\n", ";inf\n"), Says("'inf' .row 3.*neither a number")),
    ("words", FLOWS.replace(";5\n", ";many\n"), Says("'many' .row 3., neither a number")),
    ("nines", FLOWS.replace(";5\n", ";999999\n").replace(";10\n", ";999999\n"),
     Says("999999 in 2 rows .row 2, row 3.*mark of a missing figure; write ..")),
    ("nothing", FLOWS.replace(";5\n", ";\n"), Says("no number from FI_241 to FI_240")),
    (
        "code of nobody",
        FLOWS + "999;240;1\n",
        Says("origin", "1 of 4 rows .* row 5: '999' is not a municipality"),
    ),
    ("zeros lost", FLOWS + "91;92;1\n", OF_KEMI),
    ("zeros lost beside a name", FLOWS + "91;240;1\nOulu;240;1\n", Says("91", "2 digits")),
    ("other words", "from;to;people\n240;241;1\n", Right([0.0, 0.0, 1.0])),
    (
        "no column",
        "a;b;people\n240;241;1\n",
        Says("no column for origin, destination"),
    ),
    ("thousands by a comma", FLOWS.replace(";5\n", ";1,200\n"), Says("1,200", "1200")),
    ("empty", "", Says("own.csv", "empty")),
    ("header alone", "origin;destination;people\n", Says("own.csv: no rows")),
    ("a page", "<html>404</html>", Says("own.csv: no rows")),
)  # fmt: skip
def test_flows(given, expected):
    write("own.csv", given)
    hold(expected, moved)


@table(
    ("origin and destination", {"origin": "people", "destination": "people"},
     Says("^own.csv: origin='people', destination='people' name one column twice")),
    ("as they are", {"origin": "origin", "count": "people"}, Right(3)),
)  # fmt: skip
def test_columns_of_flows_that_are_named(given, expected):
    write("own.csv", FLOWS)
    hold(expected, lambda: len(geodata.read_flows("own.csv", **given).flows))


def test_a_count_that_is_none_is_in_the_column_of_the_file():
    write("own.csv", "koti;kohde;maara\n240;241;far\n")
    hold(
        Says("^own.csv: 'maara' has 'far' .row 2., neither a number"),
        lambda: geodata.read_flows("own.csv", origin="koti"),
    )


MINUTES = "from;to;minutes\n240;241;12\n241;240;13\n"


def minutes():
    frame = read_travel_times("own.csv").minutes
    return [float(frame.loc["FI_240", "FI_241"]), float(frame.loc["FI_241", "FI_240"])]


OF_PAIR = Right([12.0, 13.0])
INFINITE = float("inf")


@table(
    ("fine", MINUTES, OF_PAIR),
    ("a matrix", ";240;241\n240;0;12\n241;13;0\n", OF_PAIR),
    ("names", MINUTES.replace("240", "Kemi"), OF_PAIR),
    ("genitives", MINUTES.replace("240", "Kemin kaupunki"), OF_PAIR),
    ("commas", MINUTES.replace(";", ","), OF_PAIR),
    ("BOM", "\ufeff" + MINUTES, OF_PAIR),
    ("decimal comma", MINUTES.replace("12", "12,5"), Right([12.5, 13.0])),
    (
        "negative",
        MINUTES.replace(";12", ";-12"),
        Says("'minutes' has '-12' .row 2., and minutes are numbers of 0 or more"),
    ),
    (
        "words",
        MINUTES.replace(";12", ";far"),
        Says("'minutes' has 'far' .row 2., and minutes are"),
    ),
    ("infinite", MINUTES.replace(";12", ";inf"), Says("'minutes' has 'inf' .row 2.")),
    ("no way", MINUTES.replace(";12", ";"), Right([INFINITE, 13.0])),
    ("as r5py", MINUTES.replace("from;to;minutes", "from_id;to_id;travel_time"), OF_PAIR),
    ("capitals", MINUTES.replace("from;to;minutes", "From;To;Minutes"), OF_PAIR),
    ("durations", MINUTES.replace(";12", ";0:12:00"), OF_PAIR),
    ("durations of pandas", MINUTES.replace(";12", ";0 days 00:12:00"), OF_PAIR),
    ("hours or minutes", MINUTES.replace(";12", ";12:30"), Says("'12:30' .row 2.")),
    ("a label of two lines", ';241\n"a\nb";-5\n', Says("'a.{1,2}nb'", "-5' .a b to FI_241.")),
    ("cell of a matrix", ";240;241\n240;0;far\n241;13;0\n", Says("'far' .FI_240 to FI_241.")),
    ("words in ASCII", MINUTES.replace("from;to;minutes", "mista;minne;minuutit"), OF_PAIR),
    (
        "origin of a matrix",
        ";240;241\n998;0;1\n241;13;0\n",
        Says("^own.csv: first column: 1 of 2 rows.* row 2: '998'"),
    ),
    (
        "origin of a matrix with a title",
        "koti;240;241\n998;0;1\n241;13;0\n",
        Says("^own.csv: column 'koti': 1 of 2 rows.* row 2: '998'"),
    ),
    (
        "header of a matrix",
        ";240;998\n240;0;1\n",
        Says("^own.csv: header: 1 of 2 columns.* column 3: '998'"),
    ),
    (
        "code of nobody",
        MINUTES + "999;240;1\n",
        Says("^own.csv: column 'from': .*'999' is not a municipality"),
    ),
    (
        "code of nobody, as r5py",
        MINUTES.replace("from;to;minutes", "from_id;to_id;time") + "240;999;1\n",
        Says("^own.csv: column 'to_id': .*'999' is not a municipality"),
    ),
    ("zeros lost", MINUTES + "91;240;1\n", OF_PAIR),
    (
        "zeros lost beside a name",
        MINUTES + "91;Oulu;1\n91;240;1\nKemi;240;1\n",
        Says("91", "2 digits"),
    ),
    (
        "zeros lost beside a code of nobody",
        MINUTES + "91;240;1\n1;240;1\n",
        Says("^own.csv: column 'from': holds numbers, and 1 is the code of no municipality"),
    ),
    ("pair twice", MINUTES + "240;241;15\n", Says("FI_240 to FI_241 is there more than once")),
    ("empty", "", Says("own.csv", "empty")),
    ("a page", "<html>404</html>", Says("own.csv: no rows; minutes")),
)
def test_minutes(given, expected):
    write("own.csv", given)
    hold(expected, minutes)


@table(
    ("origin and destination", {"origin": "from", "destination": "from"},
     Says("^own.csv: origin='from', destination='from' name one column twice; give each its own")),
    ("the other way round", {"origin": "to", "destination": "from"}, Right([13.0, 12.0])),
)  # fmt: skip
def test_columns_of_minutes_that_are_named(given, expected):
    write("own.csv", MINUTES)

    def ask():
        found = read_travel_times("own.csv", **given).minutes
        return [found.loc["FI_240", "FI_241"], found.loc["FI_241", "FI_240"]]

    hold(expected, ask)
