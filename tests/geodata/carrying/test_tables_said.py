"""What carrying hands back, type by type, and what it says, word by word."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import geodata
from geodata.carrying.values import Group, Unmappable, carry_mean, carry_same, carry_sum
from geodata.errors import HarmoniseError, IdentifierError

MERGE = Group(("FI_507", "FI_588"), ("FI_507",))
SPLIT = Group(("FI_507",), ("FI_507", "FI_588"))
HALVES = {"FI_507": Fraction(1, 2), "FI_588": Fraction(1, 2)}
TOGETHER = "507 Mäntyharju and 588 Pertunmaa"


def of(one, other):
    return {"FI_507": one, "FI_588": other}


def harmonise(table, start=2024, end=2025, **options):
    return geodata.harmonise(table, from_year=start, to_year=end, **options)


def rows(*values, name="n", dtype=None):
    return pd.DataFrame({name: pd.Series(values, dtype=dtype).to_numpy()}, index=["507", "588"])


@pytest.mark.parametrize("carry", [carry_sum, carry_mean])
def test_nothing_known_stays_of_its_kind(carry):
    for missing in (np.nan, pd.NA):
        for group, values in ((MERGE, of(missing, missing)), (SPLIT, {"FI_507": missing})):
            found = carry(group, values, HALVES)
            assert list(found) == list(group.targets)
            assert all(value is missing for value in found.values())
    assert all(value is pd.NA for value in carry(MERGE, of(np.nan, pd.NA), HALVES).values())


@pytest.mark.parametrize("carry", [carry_sum, carry_mean])
def test_one_that_is_not_known(carry):
    with pytest.raises(Unmappable, match=r"^the value of 588 Pertunmaa is missing; add it$"):
        carry(MERGE, of(1.0, np.nan), HALVES)


def test_sums_are_exact():
    # Rounded after each addition, the first would come to 0 and the second to 2 ** 53.
    assert carry_sum(MERGE, of(1e16, -1e16 + 2), None) == {"FI_507": 2.0}
    assert carry_sum(MERGE, of(2**53, 1), None) == {"FI_507": 2**53 + 1}
    assert carry_sum(MERGE, of(0.5, 0.25), None) == {"FI_507": 0.75}
    assert carry_sum(MERGE, of(np.int64(2**62), np.int64(2**62 - 1)), None) == {"FI_507": 2**63 - 1}
    with pytest.raises(
        Unmappable, match=r"^the sum is too large for a whole number of 64 bits; give floats$"
    ):
        carry_sum(MERGE, of(2**62, 2**62), None)
    assert carry_sum(SPLIT, {"FI_507": 0}, None) == of(0, 0)
    assert carry_sum(SPLIT, {"FI_507": 5}, HALVES) == of(3, 2)
    assert carry_sum(SPLIT, {"FI_507": -5}, HALVES) == of(-3, -2)
    assert carry_sum(SPLIT, {"FI_507": 5.0}, HALVES) == of(2.5, 2.5)


def test_means_of_whole_numbers_are_exact():
    assert carry_mean(MERGE, of(2**53, 2**53 + 4), HALVES) == {"FI_507": 2**53 + 2}
    assert carry_mean(SPLIT, {"FI_507": 3}, None) == of(3.0, 3.0)


def test_what_agrees_is_kept():
    assert carry_same(MERGE, of("a", "a"), None) == {"FI_507": "a"}
    assert carry_same(MERGE, of("a", "b"), None) == {"FI_507": None}
    assert carry_same(MERGE, of(1, 1.0), None) == {"FI_507": 1}
    assert carry_same(MERGE, of(pd.NA, pd.NA), None) == {"FI_507": pd.NA}
    assert carry_same(MERGE, of("a", pd.NA), None) == {"FI_507": None}
    assert carry_same(SPLIT, {"FI_507": "a"}, None) == of("a", "a")


@pytest.mark.parametrize(
    ("group", "weight", "said"),
    [
        (
            MERGE,
            {"FI_507": Fraction(1)},
            (
                f"{TOGETHER} merge into 507 Mäntyharju, and the weight of 588 Pertunmaa is "
                "missing; give weights= a series by lau_id with FI_507 and FI_588"
            ),
        ),
        (
            SPLIT,
            None,
            (
                f"507 Mäntyharju has to be split into {TOGETHER}, and the weight of {TOGETHER} is "
                "missing; give weights= a series by lau_id with FI_507 and FI_588"
            ),
        ),
        (SPLIT, of(Fraction(0), Fraction(0)), f"the weights of {TOGETHER} add up to 0; give one"),
    ],
)
def test_weights_that_are_not_there(group, weight, said):
    carry = carry_mean if group is MERGE else carry_sum
    values = of(1, 3) if group is MERGE else {"FI_507": 4}
    with pytest.raises(Unmappable) as left:
        carry(group, values, weight)
    assert str(left.value).startswith(said)


@pytest.mark.parametrize(
    ("given", "carried"),
    [
        ("int8", "int64"),
        ("uint16", "int64"),
        ("Int16", "Int64"),
        ("float32", "float64"),
        ("Float32", "Float64"),
    ],
)
def test_sums_are_of_the_wide_type_of_their_kind(given, carried):
    table = pd.DataFrame({"n": pd.array([100, 27], dtype=given)}, index=["507", "588"])
    found = harmonise(table).table
    assert str(found["n"].dtype) == carried
    assert found["n"].to_dict() == {"FI_507": 127}
    assert found.index.name == "lau_id"
    mean = harmonise(table, how="mean", weights=pd.Series(of(1, 1))).table
    assert str(mean["n"].dtype) == ("Float64" if given[0].isupper() else "float64")
    assert mean["n"].to_dict() == {"FI_507": 63.5}


def test_notes_of_a_merger_a_split_and_what_is_left():
    found = harmonise(rows("a", "b", name="x"), how="same")
    assert found.table["x"].isna().all()
    assert found.notes[:2] == (
        "2 rows of the division of 2024: 2 carried to 1 of 2025, 0 unmapped",
        f"{TOGETHER} are together 507 Mäntyharju; they differ in 'x', which is left missing",
    )
    table = pd.DataFrame({"n": [10], "x": ["a"]}, index=["507"])
    same = harmonise(table[["x"]], 2025, 2024, how="same")
    assert same.notes[1] == (
        f"507 Mäntyharju is split into {TOGETHER}, the value of the whole for each"
    )
    assert same.table["x"].to_dict() == of("a", "a")
    given = harmonise(table[["n"]], 2025, 2024, weights=pd.Series(of(4, 1)))
    assert given.notes[1] == f"507 Mäntyharju is split into {TOGETHER}, by the weights given"
    assert given.table["n"].to_dict() == of(8, 2)
    none = harmonise(pd.DataFrame({"n": [0]}, index=["301"]), 2016, 2013)
    assert none.notes[1].endswith(", 0 for each")
    lost = harmonise(rows(1, 2).iloc[:1])
    assert lost.reasons.dtype == pd.Series(["text"]).dtype
    assert lost.reasons.name == "reason"
    assert lost.reasons.to_dict() == {
        "507": "507 Mäntyharju of 2025 also holds 588 Pertunmaa, which has no row; add it"
    }


def test_columns_of_municipalities_in_another_region():
    moved = geodata.region_changes(2020, 2021)
    assert list(moved.columns) == [
        *("name_fi", "region_from", "region_from_fi", "region_to", "region_to_fi")
    ]
    assert moved.loc["FI_142"].tolist() == ["Iitti", "08", "Kymenlaakso", "07", "Päijät-Häme"]
    assert geodata.region_changes(2020, 2021, country="SE").empty
    everyone = pd.DataFrame({"n": 1}, index=["090", "142"])
    assert harmonise(everyone, 2020, 2021).notes[-1] == (
        "in another region in 2021 than in 2020, under the same code: 090 Heinävesi, 142 Iitti"
    )


@pytest.mark.parametrize(
    ("table", "options", "said"),
    [
        ([1], {}, "a list was given; give a DataFrame or a Series indexed by lau_id"),
        (
            rows(1, 2),
            {"weights": []},
            "weights are a list; give a Series by lau_id, or the name of a column of the table",
        ),
        (
            pd.DataFrame([[1, 2]], columns=["n", "n"], index=["507"]),
            {},
            "the table has two columns of one name; rename one of them",
        ),
        (
            rows(1, 2),
            {"how": {"m": "sum"}},
            (
                "column 'n' is not in how; add it, or drop the column; how names 'm', which is not "
                "a column"
            ),
        ),
        (
            rows(1, 2),
            {"how": "total"},
            "how='total' of column 'n' is unknown; give one of ('sum', 'mean', 'same')",
        ),
        (
            rows(True, False),
            {},
            (
                "column 'n' is not of numbers (bool) and cannot be carried by 'sum'; drop it, or "
                "give how={'n': \"same\", ...}"
            ),
        ),
        (
            rows(1j, 2j),
            {},
            (
                "column 'n' is not of numbers (complex128) and cannot be carried by 'sum'; drop "
                "it, or give how={'n': \"same\", ...}"
            ),
        ),
        (
            rows(1, 2),
            {"how": "mean"},
            (
                "column 'n' is a mean, and merged units need weights for it; give weights= the "
                "name of a column of counts, or a series by lau_id"
            ),
        ),
        (
            rows(1.0, np.inf),
            {},
            (
                "column 'n' has infinite values, or beyond 1e+300, which do not add up; correct or "
                "drop them"
            ),
        ),
        (
            rows(1, 2),
            {"how": "mean", "weights": "m"},
            "weights='m' is not a column of the table; give one of its columns or a series",
        ),
        (
            rows(1, 2),
            {"how": "mean", "weights": pd.Series({"507": 1, "FI_507": 2})},
            "weights are given twice for FI_507; give one a unit",
        ),
        (
            rows(1, 2),
            {"how": "mean", "weights": pd.Series({"507": -1, "588": 2})},
            "weight -1 of 507 Mäntyharju is not a weight; give a number, 0 or more",
        ),
    ],
)
def test_what_is_refused(table, options, said):
    with pytest.raises(HarmoniseError) as refused:
        harmonise(table, **options)
    assert str(refused.value) == said


def test_a_series_and_an_index_of_numbers():
    series = pd.Series([1, 2], index=["507", "588"], name="n")
    assert harmonise(series).table["n"].to_dict() == {"FI_507": 3}
    with pytest.raises(IdentifierError) as refused:
        harmonise(pd.Series([1], index=[507]))
    assert str(refused.value) == (
        "the index holds numbers (507, ...) where municipality codes are text such as '091', with "
        "leading zeros; read the codes as text, for instance with dtype={'code': str}, and make "
        "them the index: table.set_index('code')"
    )
