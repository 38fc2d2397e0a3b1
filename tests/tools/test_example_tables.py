"""The example tables are what the script writes, small, and said to be synthetic."""

import csv

import geodata
from tools.example_tables import DATA, files


def test_they_are_as_generated_and_small():
    written = files()
    # Real municipalities of another country lie beside them.
    assert {path.name for path in DATA.iterdir()} - {"asturias.geojson"} == set(written)
    for name, text in written.items():
        assert (DATA / name).read_bytes() == text.encode()
    assert sum(len(text.encode()) for text in written.values()) < 150_000
    assert "Synthetic" in written["README.md"]


def test_each_is_read_and_holds_every_municipality():
    for year in (2019, 2026):
        table = geodata.read_indicators(DATA / f"example_{year}.csv")
        assert (table.division, table.years("jobs")) == (year, (year,))
        assert set(table.places) == set(geodata.municipality_register(year).index)
        assert "Synthetic" in table.source


def test_the_country_is_the_sum_of_what_is_shown_and_left_out():
    with (DATA / "example_2019.csv").open(encoding="utf-8") as file:
        total, *rows = csv.DictReader(file, delimiter=";")
    force = sum(int(row["Labour force"]) for row in rows)
    assert force == int(total["Labour force"])
    shown = sum(int(row["Unemployed"]) for row in rows if row["Unemployed"] != "<5")
    hidden = sum(row["Unemployed"] == "<5" for row in rows)
    assert hidden
    assert shown <= int(total["Unemployed"]) <= shown + 4 * hidden
