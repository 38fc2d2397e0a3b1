"""Tables as people have them: the same figures from every form of file."""

import csv
import json
import tomllib
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import geodata
from geodata import Indicator, read_indicators, starter
from geodata.errors import FileFormatError, IndicatorError

EXAMPLES = Path(__file__).parents[3] / "notebooks" / "data"
JOBS = Indicator(id="jobs", name="Jobs", kind="count")
PEOPLE = Indicator(id="people", name="People", kind="count")
BOTH = (JOBS, PEOPLE)
EXPECTED = {
    ("jobs", 2018): {"FI_091": 420.0, "FI_049": 280.0},
    ("jobs", 2019): {"FI_091": 430.0, "FI_049": 290.0},
    ("people", 2018): {"FI_091": 4200.0, "FI_049": 2800.0},
    ("people", 2019): {"FI_091": 4300.0, "FI_049": 2900.0},
}
LONG = [
    (place, name, year, value)
    for (name, year), figures in EXPECTED.items()
    for place, value in {"SSS": sum(figures.values()), **figures}.items()
]
LABELS = {"SSS": "WHOLE COUNTRY", "FI_091": "Helsinki", "FI_049": "Espoo"}
NAMES = {"jobs": "Jobs", "people": "People"}


def assert_expected(table):
    for (name, year), figures in EXPECTED.items():
        assert table.column(name, year)["value"].to_dict() == figures
        assert table.total(name, year, "FI") == sum(figures.values())


def long_frame():
    rows = [(LABELS[place], NAMES[name], year, value) for place, name, year, value in LONG]
    return pd.DataFrame(rows, columns=["Area", "Information", "Year", "Figure"])


def wide_frame():
    return long_frame().pivot_table(
        index=["Area", "Year"], columns="Information", values="Figure", aggfunc="first"
    )


def test_frames_long_and_wide():
    assert_expected(read_indicators(long_frame(), BOTH))
    assert_expected(read_indicators(wide_frame(), BOTH))
    assert_expected(read_indicators(wide_frame().reset_index(), BOTH))
    years = long_frame().pivot_table(
        index="Area", columns=["Information", "Year"], values="Figure", aggfunc="first"
    )
    assert_expected(read_indicators(years, BOTH))


def test_frames_of_no_figures():
    frame = pd.DataFrame({"k": ["091", "049"], "Jobs": pd.to_timedelta([5, 6], "h")})
    for column in (frame["Jobs"], frame["Jobs"] + pd.Timestamp(2019, 1, 1), [True, False], [1j, 2]):
        with pytest.raises(IndicatorError, match="no number"):
            read_indicators(frame.assign(Jobs=column), JOBS, year=2019)
    numeric = pd.DataFrame({"k": [91, 49], "Jobs": [5, 6]})
    with pytest.raises(IndicatorError, match=r"dtype=\{'k': str\}"):
        read_indicators(numeric, JOBS, year=2019)
    with pytest.raises(FileFormatError, match="a list is no table"):
        read_indicators([1], JOBS)
    with pytest.raises(IndicatorError, match="is no Indicator"):
        read_indicators(numeric, ["jobs"])


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_files_of_rows(tmp_path, ending):
    path = tmp_path / f"table.{ending}"
    frame = long_frame()
    frame.to_parquet(path) if ending == "parquet" else frame.to_csv(path, sep=";", decimal=",")
    assert_expected(read_indicators(path, BOTH))


def test_pxweb_csv(tmp_path):
    path = tmp_path / "115h.csv"
    lines = ['"Workplaces by Area, Information, Sex, and Year"', ""]
    lines.append('"Area","Information","Sex","2018","2019*"')
    for code, label in LABELS.items():
        for name, called in NAMES.items():
            known = {(p, n, y): v for p, n, y, v in LONG}
            total = ",".join(f"{known[code, name, year]:.0f}" for year in (2018, 2019))
            area = f"{code.replace('FI_', 'KU')} {label}"
            lines += [f'"{area}","{called}","Total",{total}', f'"{area}","{called}","Men",1,..']
    path.write_text("\n".join([*lines, "", '"Source: nobody, synthetic"', '"Updated"', ""]))
    with pytest.raises(IndicatorError, match=r"by 'Sex' .*where="):
        read_indicators(path, BOTH)
    table = read_indicators(path, BOTH, where={"Sex": "Total"})
    assert_expected(table)
    assert "preliminary: '2019*'" in table.notes
    assert "'Jobs' in 2019" not in " ".join(table.notes)


def json_stat():
    codes = [place.replace("FI_", "KU") for place in LABELS]
    known = {(p, n, y): v for p, n, y, v in LONG}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Workplaces",
        "source": "Nobody",
        "id": ["area", "contents", "time"],
        "size": [3, 2, 2],
        "dimension": {
            "area": {
                "label": "Area",
                "category": {
                    "index": codes,
                    "label": dict(zip(codes, LABELS.values(), strict=True)),
                },
            },
            "contents": {
                "label": "Information",
                "category": {"index": {"j": 0, "p": 1}, "label": {"j": "Jobs", "p": "People"}},
            },
            "time": {"label": "When", "category": {"index": ["2018", "2019"]}},
        },
        "value": [known[p, n, y] for p in LABELS for n in NAMES for y in (2018, 2019)],
    }


def test_json_stat_2_and_1(tmp_path):
    path = tmp_path / "table.json"
    document = json_stat()
    path.write_text(json.dumps(document))
    table = read_indicators(path, BOTH)
    assert_expected(table)
    assert table.source == "Nobody"
    dimension = {**document["dimension"], "id": document["id"], "size": document["size"]}
    path.write_text(json.dumps({"dataset": {"dimension": dimension, "value": document["value"]}}))
    assert_expected(read_indicators(path, BOTH))
    hidden = document | {"value": [None, *document["value"][1:]], "status": {"0": "..."}}
    path.write_text(json.dumps(hidden))
    assert read_indicators(path, BOTH).total("jobs", 2018, "FI") is None
    for text in ("{", "[1]", '{"class": "collection"}', "[" * 100_000):
        path.write_text(text)
        with pytest.raises(FileFormatError, match="JSON-stat dataset"):
            read_indicators(path, BOTH)


def workbook(path):
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["Made up"])
    sheet = book.create_sheet("Figures")
    sheet.append(["Workplaces and people"])
    sheet.append([])
    sheet.append(["Area", "Jobs", None, "People", None])
    sheet.append([None, 2018, 2019, 2018, 2019])
    for start, end in (("A3", "A4"), ("B3", "C3"), ("D3", "E3")):
        sheet.merge_cells(f"{start}:{end}")
    for place, label in LABELS.items():
        rows = {(name, year): value for p, name, year, value in LONG if p == place}
        sheet.append([label, *(rows[name, year] for name in NAMES for year in (2018, 2019))])
    sheet.append([])
    sheet.append(["1) A note below"])
    book.save(path)
    return book


def test_excel_with_merged_names(tmp_path):
    path = tmp_path / "table.xlsx"
    book = workbook(path)
    table = read_indicators(path, BOTH)
    assert_expected(table)
    assert "read from sheet 'Figures', not 'About'" in table.notes
    book.copy_worksheet(book["Figures"]).title = "Again"
    book.save(path)
    with pytest.raises(IndicatorError, match=r"2 sheets .* sheet= one of 'Figures', 'Again'"):
        read_indicators(path, BOTH)
    assert_expected(read_indicators(path, BOTH, sheet="Again"))


def test_excel_numbers_are_numbers_and_codes_are_not(tmp_path):
    path = tmp_path / "table.xlsx"
    frame = pd.DataFrame({"code": ["091", "049"], "Jobs": [1.125, 2.375]})
    frame.to_excel(path, index=False)
    table = read_indicators(path, JOBS, year=2019)
    assert table.column("jobs", 2019)["value"].to_dict() == {"FI_049": 2.375, "FI_091": 1.125}
    assert table.indicator("jobs").digits == 3
    frame.assign(code=[91, 49]).to_excel(path, index=False)
    with pytest.raises(IndicatorError, match="without their zeros"):
        read_indicators(path, JOBS, year=2019)


def test_coarser_areas_hold_their_municipalities():
    frame = pd.DataFrame({"seutukunta": ["SK211 Mariehamn", "SK212"], "Jobs": [5, 6]})
    table = read_indicators(frame, JOBS, year=2019)
    register = geodata.municipality_register(2019)
    assert table.coarse
    assert set(table.places["SK211"]) == set(register.index[register["sub_region"] == "211"])
    named = pd.DataFrame({"maakunta": ["Lappi", "Uusimaa", "Koko maa"], "Jobs": [5, 6, 99]})
    table = read_indicators(named, JOBS, year=2019)
    assert (list(table.places), table.total("jobs", 2019, "FI")) == (["MK01", "MK19"], 99)


def test_merged_cells_of_places():
    frame = pd.DataFrame({"k": ["091", None, "049", None], "Year": [2018, 2019] * 2})
    table = read_indicators(frame.assign(Jobs=[420, 430, 280, 290]), JOBS)
    assert table.column("jobs", 2019)["value"].to_dict() == EXPECTED["jobs", 2019]
    assert "'k' is said once for 2 rows each" in table.notes


def test_the_whole_country_in_the_example():
    with (EXAMPLES / "example_2019.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    table = read_indicators(EXAMPLES / "example_2019.csv")
    found = table.column("labour_force", 2019)["value"]
    given = {f"FI_{row['Municipality'][:3]}": int(row["Labour force"]) for row in rows[1:]}
    assert found.to_dict() == given
    assert table.total("labour_force", 2019, "FI") == sum(given.values())
    assert table.indicator("unemployment").digits == 1
    assert not any("not in the table" in note for note in table.notes)


def test_municipalities_that_are_not_there_are_said(tmp_path):
    path = tmp_path / "table.csv"
    lines = (EXAMPLES / "example_2019.csv").read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[5:]]), "utf-8")
    table = read_indicators(path, describe=EXAMPLES / "example_2019.toml")
    said = (
        "municipalities of 2019 that are not in the table (3): 005 Alajärvi, 009 Alavieska, "
        "010 Alavus"
    )
    assert said in table.notes


def test_without_a_description_the_way_to_one_is_said(tmp_path):
    path = tmp_path / "table.csv"
    long_frame().to_csv(path, index=False)
    with pytest.raises(IndicatorError, match=r"columns of numbers 'Figure'.*geodata.starter"):
        read_indicators(path)
    with pytest.raises(IndicatorError, match="give one"):
        read_indicators(path, BOTH, describe=path)


def test_a_starter_is_read_once_its_kinds_are_given(tmp_path):
    path = tmp_path / "table.csv"
    long_frame().to_csv(path, index=False)
    path.with_suffix(".toml").write_text(starter(path), "utf-8")
    assert_expected(read_indicators(path))
    text = starter(EXAMPLES / "example_2019.csv")
    with pytest.raises(IndicatorError, match=r"3 faults: .*'\?' says nothing"):
        read_indicators(EXAMPLES / "example_2019.csv", describe=_toml(tmp_path, text))
    table = read_indicators(
        EXAMPLES / "example_2019.csv", describe=_toml(tmp_path, text.replace('"?"', '"other"'))
    )
    assert [one.kind for one in table.indicators] == ["count"] * 4 + ["other"] * 3


def _toml(folder, text):
    path = folder / "starter.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (
            ("kunta", "Jobs", "People"),
            "# year = 2019  # fill it in: of the figures: no column says it",
        ),
        (
            ("kunta 2026", "Jobs", "People"),
            "# year = 2019  # fill it in: of the figures: no column",
        ),
        (("kunta", "Jobs 2018", "People"), "# year = 2019  # fill it in: of 'People' alone"),
        (("kunta", "Jobs 2018", "People 2018"), None),
    ],
)
def test_a_starter_says_that_a_year_is_needed(columns, line):
    text = geodata.starter(pd.DataFrame([["Helsinki", 5, 7]], columns=list(columns)))
    assert ("year = 2019" in text) == (line is not None)
    assert line is None or line in text


@pytest.mark.parametrize("numbers", [[91, 49, None], [91.0, 49.0, None], ["91", "49", "SSS"]])
@pytest.mark.parametrize("name", ["Kommunkod", "nr", "x"])
def test_codes_that_lost_their_zeros_beside_names_are_no_figures(name, numbers):
    frame = pd.DataFrame(
        {
            "Kommun": ["Helsingfors", "Esbo", "Hela landet"],
            name: numbers,
            "Arbetsplatser": [420100, 130200, 2300000],
        }
    )
    assert [one["name"] for one in tomllib.loads(starter(frame))["column"]] == ["Arbetsplatser"]
    # Numbers that are another municipality's code, or none's, are figures.
    frame[name] = [91, 50, 2300000]
    named = [one["name"] for one in tomllib.loads(starter(frame))["column"]]
    assert named == [name, "Arbetsplatser"]


OLD = ["Kerimäki", "Punkaharju", "Ristiina", "Suomenniemi", "Nilsiä", "Mikkeli", "Kuopio", "Oulu"]


def test_names_of_before_the_register_are_said_to_be_so(tmp_path):
    frame = pd.DataFrame({"kunta": OLD, "Työpaikat": range(10, 18)})
    text = starter(frame)
    assert 'division = "?"' in text
    assert '# Not known in any year: "Kerimäki", "Punkaharju"' in text
    with pytest.raises(
        IndicatorError, match=r"division: '\?' says nothing; give the year of .*2013"
    ):
        read_indicators(frame, describe=_toml(tmp_path, text))
    jobs = Indicator(id="jobs", name="Työpaikat", kind="count")
    with pytest.raises(IndicatorError) as caught:
        read_indicators(frame, [jobs], year=2010)
    said = str(caught.value)
    # GeoNames has each as a place of the municipality that it is in today.
    assert "'Kerimäki' is a place in 740 Savonlinna, and no municipality of 2013-2026" in said
    assert "'Nilsiä' is a place in 297 Kuopio" in said
    assert "Kokemäki" not in said
    assert said.endswith(
        "municipalities that merged before 2013 are not known: give the figures by those of a "
        "year from 2013 to 2026, or add the rows up to today's yourself"
    )


def test_one_misspelt_name_makes_no_old_table():
    frame = pd.DataFrame({"kunta": ["Helsinky", "Mikkeli", "Kuopio"], "Työpaikat": [1, 2, 3]})
    assert "division = 2026" in starter(frame)
    jobs = Indicator(id="jobs", name="Työpaikat", kind="count")
    with pytest.raises(IndicatorError, match=r"did you mean 091 Helsinki\?$"):
        read_indicators(frame, [jobs], year=2010)


def test_a_starter_keeps_rows_that_do_not_repeat(tmp_path):
    frame = long_frame()
    frame = pd.concat([frame.assign(Sex="Men", Figure=1), frame.assign(Sex="Total")])
    text = starter(frame)
    assert 'where = {"Sex" = "Total"}' in text
    assert_expected(read_indicators(frame, describe=_toml(tmp_path, text)))
    odd = pd.DataFrame({"k": ["091", "049"], 'A "quoted"\n\x7f name, %': [1.5, 2.5]})
    assert 'kind = "?"' in starter(odd)
    assert tomllib.loads(starter(odd))["column"][0]["name"] == odd.columns[1]
    with pytest.raises(IndicatorError, match="no column of figures"):
        starter(odd[["k"]])
