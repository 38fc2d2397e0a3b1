"""Tables of flows as people have them: forms, words, marks, totals, years, divisions, faults."""

import numpy as np
import pandas as pd
import pytest

import geodata
from geodata.errors import FileFormatError, IdentifierError

PAIRS = [("091", "091", 900), ("091", "049", 100), ("049", "091", 250)]


def found(table, **how):
    flows = geodata.read_flows(table, **how).flows
    return {(o, d): low for o, d, low in flows[["origin", "destination", "low"]].to_numpy()}


EXPECTED = {("FI_091", "FI_091"): 900, ("FI_091", "FI_049"): 100, ("FI_049", "FI_091"): 250}


@pytest.mark.parametrize(
    "names",
    [
        ("origin", "destination", "people"),
        ("From", "To", "n"),
        ("Asuinkunta", "Työpaikkakunta", "Työlliset"),
        ("Lähtöalue", "Tuloalue", "Muuttajien lukumäärä"),
        ("Bostadskommun", "Arbetsplatskommun", "Antal pendlare"),
        ("Utflyttningsområde", "Inflyttningsområde", "Personer"),
        ("Municipality of residence", "Municipality of workplace", "Employed persons"),
        ("Area of departure", "Area of arrival", "Migrants"),
    ],
)
def test_columns_are_found_by_the_usual_words(names):
    assert found(pd.DataFrame(PAIRS, columns=names)) == EXPECTED


def test_a_label_that_is_no_municipality_is_in_a_column_and_row_of_the_file(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text("Asuinkunta;Työkunta;n\n091;Nowhere;5\n", "utf-8")
    with pytest.raises(IdentifierError, match=r"^flows\.csv: column 'Työkunta': .* row 2: 'Now"):
        geodata.read_flows(path, destination="Työkunta")
    path.write_text("Asuinkunta;091;049\n091;5;5\nNowhere;4;4\n", "utf-8")
    with pytest.raises(IdentifierError, match=r"^flows\.csv: column 'Asuinkunta': .* row 3: 'No"):
        geodata.read_flows(path)


def test_other_columns_are_named():
    table = pd.DataFrame(PAIRS, columns=["A", "B", "C"])
    assert found(table, origin="A", destination="B", count="C") == EXPECTED
    with pytest.raises(FileFormatError, match="no column for origin, destination among A, B, C"):
        geodata.read_flows(table)
    with pytest.raises(FileFormatError, match="no column origin='X'; it has A, B, C"):
        geodata.read_flows(table, origin="X", destination="B")


@pytest.mark.parametrize("labels", [["091", "049"], ["Helsinki", "Esbo"], ["KU091", "FI_049"]])
def test_a_matrix_has_origins_as_rows(labels, tmp_path):
    wide = pd.DataFrame([[900, 100], [250, 0]], index=labels, columns=labels)
    expected = EXPECTED | {("FI_049", "FI_049"): 0}
    assert found(wide) == expected
    wide.rename_axis("Kunta").to_csv(tmp_path / "wide.csv", sep=";")
    wide.rename_axis("Asuinkunta").to_excel(tmp_path / "wide.xlsx")
    wide.T.rename_axis("Työpaikkakunta").to_csv(tmp_path / "turned.csv")
    for name in ("wide.csv", "wide.xlsx", "turned.csv"):
        assert found(tmp_path / name) == expected
        assert geodata.read_flows(tmp_path / name).source == name


def test_years_are_chosen_and_never_added(tmp_path):
    long = pd.concat(
        [
            pd.DataFrame(PAIRS, columns=["origin", "destination", "people"]).assign(vuosi="2018"),
            pd.DataFrame(PAIRS, columns=["origin", "destination", "people"])
            .assign(vuosi="2019*")
            .assign(people=[1, 2, 3]),
        ]
    )
    newest = geodata.read_flows(long)
    assert (newest.year, newest.other_years) == (2019, (2018,))
    assert newest.flows["low"].sum() == 6
    assert found(long, year=2018) == EXPECTED
    wide = pd.DataFrame(PAIRS, columns=["from", "to", "2018 People"]).assign(**{"2019": [1, 2, 3]})
    assert found(wide, year=2018) == EXPECTED
    assert geodata.read_flows(wide).flows["low"].sum() == 6
    with pytest.raises(FileFormatError, match="year=2017 is not known: give one of 2018, 2019"):
        geodata.read_flows(wide, year=2017)
    alone = geodata.read_flows(pd.DataFrame(PAIRS, columns=["from", "to", "n"]), year=2019)
    assert (alone.year, alone.division) == (2019, 2019)


def test_totals_regions_and_places_that_are_none():
    rows = [
        ("Helsinki", "Helsinki", 900),
        ("Helsinki", "Ulkomaat", 5),
        ("Helsinki", "0180 Stockholm", 4),
        ("Helsinki", "Tuntematon", 3),
        ("Helsinki", "KOKO MAA", 912),
        ("Espoo", "Helsinki", 250),
        ("Espoo", "SSS Yhteensä", 251),
        ("MK01 Uusimaa", "Helsinki", 1150),
        ("Yhteensä", "Helsinki", 1150),
    ]
    read = geodata.read_flows(pd.DataFrame(rows, columns=["Asuinkunta", "Työpaikkakunta", "n"]))
    assert read.flows[["origin", "destination", "low"]].to_numpy().tolist() == [
        ["FI_049", "FI_091", 250],
        ["FI_091", "FI_091", 900],
        ["FI_091", "outside", 9],
        ["FI_091", "unknown", 3],
    ]
    assert read.placeless == ("Ulkomaat", "0180 Stockholm", "Tuntematon")
    assert set(read.left_out) == {"KOKO MAA", "SSS Yhteensä", "MK01 Uusimaa", "Yhteensä"}
    assert read.differing == ("FI_049",)


@pytest.mark.parametrize(
    ("home", "whole", "abroad"), [("Tornio", "Suomi", "Ruotsi"), ("Haparanda", "Riket", "Finland")]
)
def test_another_country_is_abroad_and_no_total(home, whole, abroad):
    rows = [(home, home, 90), (home, abroad, 7), (home, whole, 97)]
    read = geodata.read_flows(pd.DataFrame(rows, columns=["from", "to", "n"]))
    assert read.flows[["destination", "low"]].to_numpy().tolist()[1] == ["outside", 7]
    assert (read.placeless, read.left_out, read.differing) == ((abroad,), (whole,), ())


def test_marks_are_kept_as_what_they_say():
    marks = ["-", "..", "<5", "*", None, "1 200"]
    table = pd.DataFrame({"from": "091", "to": ["091", "049", "092", "235", "018", "020"]})
    read = geodata.read_flows(table.assign(people=marks), suppressed_below=3)
    flows = read.flows.set_index("destination")
    order = ["FI_091", "FI_049", "FI_092", "FI_235", "FI_018", "FI_020"]
    assert flows.loc[order, "low"].tolist() == [0, 0, 0, 0, 0, 1200]
    np.testing.assert_array_equal(flows.loc[order, "high"], [0, np.nan, 4, 2, np.nan, 1200])
    states = ["zero", "missing", "suppressed", "suppressed", "missing", "known"]
    assert flows.loc[order, "state"].tolist() == states


def test_the_division_is_found():
    def division(rows, **how):
        table = pd.DataFrame(rows, columns=["from", "to"]).assign(n=1)
        return geodata.read_flows(table, **how).division

    assert division([("588", "507")]) == 2024
    assert division([("588", "507")], year=2019) == 2019
    assert division([("091", "507")]) == 2026
    assert division([("091", "507")], division=2015) == 2015
    with pytest.raises(FileFormatError, match="division=2026 does not have all"):
        division([("588", "507")], division=2026)
    with pytest.raises(FileFormatError, match="mixes years"):
        division([("kunta_1_20260101/507", "kunta_1_20240101/588")])


def test_a_download_with_a_title_above_and_notes_below(tmp_path):
    path = tmp_path / "download.csv"
    path.write_text(
        "Työlliset asuinkunnan ja työpaikkakunnan mukaan 2019\n\n"
        "Asuinkunta;Työpaikkakunta;2019 Työlliset\n"
        "091 Helsinki;091 Helsinki;900*\n091 Helsinki;049 Espoo;1-4\n049 Espoo;091 Helsinki;1 250\n"
        "\nLähde: Tilastokeskus\n",
        encoding="utf-8",
    )
    read = geodata.read_flows(path)
    assert read.year == 2019
    assert read.flows[["low", "high"]].to_numpy().tolist() == [[1250, 1250], [1, 4], [900, 900]]


@pytest.mark.parametrize("decimal", [",", "."])
def test_thousands_that_may_be_decimals_are_said(decimal):
    table = pd.DataFrame([("091", "049", f"1{decimal}200")], columns=["from", "to", "n"])
    other = "." if decimal == "," else ","
    assert geodata.read_flows(table, decimal=other).flows["low"].tolist() == [1200]
    with pytest.raises(FileFormatError, match="decimal="):
        geodata.read_flows(table)


@pytest.mark.parametrize(
    ("rows", "error", "words"),
    [
        ([("091", "049", 1), ("Helsinki", "Espoo", 2)], FileFormatError, "FI_091 to FI_049 is"),
        ([("091", "049", "1,200"), ("049", "091", "950")], FileFormatError, "may be 1200 or 1.2"),
        ([("091", "049", -4)], FileFormatError, r"row index 0 \(-4\)"),
        ([("091", "049", "many")], FileFormatError, r"'many' \(row index 0\)"),
        ([("Helsinky", "049", 4)], IdentifierError, "did you mean 091 Helsinki"),
        ([(91, 49, 4), ("Oulu", 49, 4)], IdentifierError, "91 is a number"),
        ([(91, 1, 4)], IdentifierError, "1 is the code of no municipality"),
        ([("Atlantis", "Mu", "many")], FileFormatError, "(?s)Atlantis.*'Mu'.*many"),
    ],
)
def test_faults_are_named_all_at_once(rows, error, words):
    with pytest.raises(error, match=words):
        geodata.read_flows(pd.DataFrame(rows, columns=["origin", "destination", "people"]))


def test_rows_of_a_file_are_called_as_in_the_file(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text("from;to;2018;2019\n091;Espo;3;4\n091;020;3;many\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"(?s)1 of 2 rows.*row 2: 'Espo'.*'many' \(row 3\)"):
        geodata.read_flows(path)


def test_what_parts_the_rows_of_a_pair_is_named():
    table = pd.DataFrame(PAIRS * 2, columns=["origin", "destination", "people"])
    with pytest.raises(FileFormatError, match="more than once; sex may part them: keep the rows"):
        geodata.read_flows(table.assign(sex=["men"] * 3 + ["women"] * 3))
    # Totals of one pair beside a part of another: each pair is there once, and none may be added.
    mixed = table.iloc[:3].assign(sex=["Total", "men", "Total"])
    with pytest.raises(FileFormatError, match=r"different 'sex' \('Total', 'men'\); keep the rows"):
        geodata.read_flows(mixed)
    rows = table.iloc[3:].assign(sex="women")
    assert found(rows) == EXPECTED


def test_columns_of_one_name_are_refused():
    table = pd.DataFrame(PAIRS, columns=["from", "to", "n"]).assign(a=[1, 2, 3], b=[4, 5, 6])
    with pytest.raises(FileFormatError, match="several columns are called 'x'; name each once"):
        geodata.read_flows(table.set_axis(["from", "to", "n", "x", "x"], axis="columns"))


def test_what_is_found_in_cells_is_kept_as_a_note():
    flows = geodata.read_flows(pd.DataFrame({"from": ["091"], "to": ["049"], "people": ["12*"]}))
    said = "'people': figures with a mark that was left out: 1, such as '12*'"
    assert flows.notes == (said,)


def test_a_span_of_years_is_no_year():
    table = pd.DataFrame({"from": ["091"], "to": ["049"], "2019": [5], "2010-2019": [50]})
    assert geodata.read_flows(table).other_years == ()
