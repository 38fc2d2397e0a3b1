"""Codes that are numbers, in travel times and flows: read if all are codes, else refused."""

import pandas as pd
import pytest

import geodata
from geodata.errors import IdentifierError
from geodata.travel.matrices import read_travel_times, travel_times

PAIRS = pd.DataFrame({"from_id": [5, 9, 10], "to_id": [9, 10, 140], "travel_time": [40, 30, 200]})
MATRIX = pd.DataFrame([[0, 40], [40, 0]], index=[5, 9], columns=[5, 9])


def written(frame, path, **options):
    write = frame.to_parquet if path.suffix == ".parquet" else frame.to_csv
    write(path, **options)
    return path


def assert_pairs(times):
    assert times.minutes.loc["FI_005", "FI_009"] == 40
    assert times.minutes.loc["FI_010", "FI_140"] == 200
    assert sorted(times.minutes.index) == ["FI_005", "FI_009", "FI_010"]


@pytest.mark.parametrize("name", ["r5.csv", "r5.parquet"])
def test_pairs_with_numbers_are_of_their_municipalities(tmp_path, name):
    assert_pairs(read_travel_times(written(PAIRS, tmp_path / name, index=False)))
    assert_pairs(travel_times(PAIRS))
    assert_pairs(travel_times(PAIRS.astype({"from_id": float})))


def test_a_matrix_with_numbers_is_of_its_municipalities(tmp_path):
    for times in (
        travel_times(MATRIX),
        read_travel_times(written(MATRIX, tmp_path / "matrix.csv")),
        read_travel_times(written(MATRIX.rename(columns=str), tmp_path / "matrix.parquet")),
    ):
        assert times.minutes.loc["FI_005", "FI_009"] == 40
        assert list(times.minutes.columns) == ["FI_005", "FI_009"]


def test_numbers_that_are_no_codes_are_refused_in_one_short_line(tmp_path):
    frame = PAIRS.assign(from_id=[1, 5, 9])
    with pytest.raises(
        IdentifierError,
        match=r"r5.csv: column 'from_id': holds numbers, and 1 is the code of no municipality",
    ) as caught:
        read_travel_times(written(frame, tmp_path / "r5.csv", index=False))
    assert len(str(caught.value)) < 200
    many = pd.DataFrame({"from_id": range(500), "to_id": range(500), "travel_time": 5})
    with pytest.raises(IdentifierError, match=r"'to_id'.*0, 1, 2 and [0-9]+ more") as caught:
        travel_times(many)
    assert len(str(caught.value)) < 500


def test_a_number_beside_names_may_be_anything():
    with pytest.raises(IdentifierError, match="'5' has 1 digits"):
        travel_times(PAIRS.astype(str).replace({"from_id": {"9": "Oulu"}}))


def test_ids_of_cells_stay_as_they_are():
    times = travel_times(PAIRS, municipalities=False)
    assert sorted(times.minutes.index) == ["10", "5", "9"]


@pytest.mark.parametrize("kind", [int, str])
def test_flows_with_numbers_are_of_their_municipalities(kind):
    # 200 is abroad.
    ends = pd.DataFrame({"origin": [5, 9, 10], "destination": [9, 140, 200]}).astype(kind)
    flows = geodata.read_flows(ends.assign(count=[40, 30, 20]), year=2019).flows
    found = {(row.origin, row.destination): row.low for row in flows.itertuples()}
    assert found == {
        ("FI_005", "FI_009"): 40,
        ("FI_009", "FI_140"): 30,
        ("FI_010", "outside"): 20,
    }


def test_flows_with_numbers_that_are_no_codes_are_refused_shortly():
    ends = pd.DataFrame({"origin": [1, 2, 5], "destination": [5, 9, 10], "count": 5})
    with pytest.raises(IdentifierError, match="'origin': holds numbers, and 1, 2 are the code of"):
        geodata.read_flows(ends, year=2019)
