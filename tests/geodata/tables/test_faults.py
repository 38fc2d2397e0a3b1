"""Tables with one fault each: a clear error or the right figure, never a wrong one in silence."""

import pytest

from geodata import Indicator, read_indicators
from geodata.errors import GeodataError, YearError

TENS = ("005", "009", "010", "016", "018", "019", "020", "035", "043", "046")
JOBS = Indicator(id="jobs", name="Jobs", kind="count")
RATE = Indicator(id="rate", name="Rate", kind="rate", base="jobs", factor=100, unit="percent")


@pytest.fixture
def read(tmp_path):
    def reading(text, *indicators, year=2019, **said):
        path = tmp_path / "table.csv"
        path.write_text(text, "utf-8")
        return read_indicators(path, indicators or (JOBS,), year=year, **said)

    return reading


def figures(table, name="jobs", year=2019):
    cells = table.column(name, year)
    return {place: tuple(row) for place, row in zip(cells.index, cells.to_numpy(), strict=True)}


def values(table, name="jobs", year=2019):
    return table.column(name, year)["value"].to_dict()


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "codes as numbers": ("code;Jobs\n91;5\n49;6\n", "without their zeros.*091 for 91"),
        "a total that is not the sum": (
            "k;Jobs\nYhteensä;200\n091;5\n049;6\n",
            r"add up to 11, the row 'Yhteensä' \(row 2\) says 200",
        ),
        "a region that is not the sum": (
            "k;Jobs\nMK21 Ahvenanmaa;99\n"
            + "".join(
                f"{code};2\n"
                for code in (
                    *("035", "043", "060", "062", "065", "076", "170", "295"),
                    *("318", "417", "438", "478", "736", "766", "771", "941"),
                )
            ),
            "add up to 32, the row 'MK21 Ahvenanmaa' .* says 99",
        ),
        "municipalities that were never together": (
            "k;Jobs\nkunta_1_20240101/588;5\nkunta_1_20260101/507;6\n",
            r"mix years: 588 Pertunmaa \(2024\), 507 Mäntyharju \(2026\)",
        ),
        "thousands that may be decimals": (
            "k;Jobs\n091;1,200\n049;2,300\n",
            "'1,200' may be 1200 or 1.2.*decimal=",
        ),
        "two years without a column of years": (
            "k;Jobs\n091;5\n049;1\n091;6\n",
            "rows repeat a municipality: '091' 2019 in rows 2, 4",
        ),
        "pasted twice under two names": ("k;Jobs\n091;5\nHelsinki;5\n049;6\n", "repeat"),
        "months": ("k;Month;Jobs\n091;2019M01;5\n091;2019M02;6\n", "several times of 2019"),
        "sexes and their total": (
            "k;Sex;Jobs\n091;Total;5\n091;Men;2\n049;Total;6\n049;Men;1\n",
            r"by 'Sex' \('Total', 'Men'\).*where=\{'Sex': 'Total'\}",
        ),
        "ages": (
            "k;Age;Jobs\n091;15;5\n091;16;2\n049;15;6\n049;16;1\n",
            r"by 'Age' \('15', '16'\)",
        ),
        "a column of text": ("k;Jobs\n091;many\n049;6\n", r"'many' \(row 2\), neither a number"),
        "infinite": ("k;Jobs\n091;inf\n049;6\n", r"'inf' \(row 2\), neither a number"),
        "a mark as a number": ("k;Jobs\n091;-999\n049;-999\n020;5\n", "mark of a missing figure"),
        "shares of one as per cent": (
            "k;Jobs;Rate\n091;10;0,08\n049;10;0,07\n",
            "between 0 and 1, such as 0.08; multiply",
        ),
        "shares of one, some above it": (
            "k;Jobs;Rate\n091;9;1,08\n049;9;0,97\n020;9;0,9\n005;9;0,8\n009;9;1,3\n",
            "between 0 and 2, such as 1.08; multiply",
        ),
        "per cents as a count": ("k;Jobs\n091;8 %\n049;7 %\n", "such as '8 %', which cannot be"),
        "per cents and fractions": (
            "k;Jobs;Rate\n091;10;8 %\n049;10;0,07\n",
            "per cents, such as '8 %', and numbers without the sign, such as '0,07'",
        ),
        "a base below nothing": (
            "k;Jobs;Rate\n091;-10;50\n049;20;5\n",
            r"'Jobs' has -10 \(row 2\), and rate is per it",
        ),
        "larger than any figure": ("k;Jobs\n091;1e308\n049;1e308\n", "'1e308'.*larger than any"),
        "the total of one, a part of another": (
            "k;Sex;Jobs\n091;Total;5\n049;Men;6\n",
            r"different 'Sex' \('Total', 'Men'\); keep one, such as where={'Sex': 'Total'}",
        ),
        "a total that a few round figures miss": (
            "k;Jobs\nKOKO MAA;30\n091;20\n049;20\n",
            "add up to at least 40, the row 'KOKO MAA' .row 2. says 30",
        ),
        "a place that is none": (
            "k;Jobs\n091;5\nHelsingfårs;6\n",
            "row 3: 'Helsingfårs' is not a name.*did you mean 091 Helsinki",
        ),
        "a code that is none": ("k;Jobs\n091;5\n049;6\n998;6\n", "row 4: '998' is not a muni"),
        "broken letters": ("k;Jobs\nÃ„Ã¤nekoski;5\n049;6\n", "it seems to be 'Äänekoski'"),
        "code and name of two": ("k;n;Jobs\n091;Helsinki;5\n049;Espoo;6\n020;Urjala;7\n", "row 4"),
        "a row without place": ("k;Jobs\n091;5\n;6\n049;7\n", "no municipality in row 3 of 'k'"),
        "places across": ("x;Helsinki;Espoo\nJobs;5;6\n", "stand in the header; turn"),
        "no rows": ("k;Jobs\n", "no rows below the names"),
        "no such column": ("k;Job\n091;5\n", "no column 'Jobs'; the table has 'Job'"),
        "another year in the name": ("k;Jobs 2018\n091;5\n", "is of 2018, not of 2019"),
        "only totals": ("k;Jobs\nMK01 Uusimaa;5\nSK146;6\n", "areas of several kinds"),
    }.values(),
)
def test_a_fault_is_refused(read, text, said):
    indicators = (JOBS, RATE) if "Rate" in text else (JOBS,)
    with pytest.raises(GeodataError, match=f"(?s){said}"):
        read(text, *indicators)


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "a total row is not added": (
            "k;Jobs\nTotal;11\n091;5\n049;6\n",
            {"FI_091": 5, "FI_049": 6},
        ),
        "regions beside municipalities": (
            "k;Jobs\nSSS Koko maa;99\nMK01 Uusimaa;50\n091;5\n",
            {"FI_091": 5},
        ),
        "a region beside each municipality": (
            "m;k;Jobs\nMK01 Uusimaa;091;5\nMK01 Uusimaa;Espoo;6\n",
            {"FI_091": 5, "FI_049": 6},
        ),
        "a minus of typographers": ("k;Jobs\n091;−5\n049;6\n", {"FI_091": -5, "FI_049": 6}),
        "names with marks": ("k;Jobs\nAkaa 1);5\nEspoo*;6\n", {"FI_020": 5, "FI_049": 6}),
        "notes below": ("k;Jobs\nAkaa;5\n\n1) joined\nSource: x\n", {"FI_020": 5}),
        "notes right below": ("k;Jobs\nAkaa;5\n1) joined;\n", {"FI_020": 5}),
        "thousands by space and NBSP": (
            "k;Jobs\n091;1 200\n049;12\u00a0300\n",
            {"FI_091": 1200, "FI_049": 12300},
        ),
        "thousands that the column tells": (
            "k;Jobs\n091;1.200\n049;1.000.300\n",
            {"FI_091": 1200, "FI_049": 1000300},
        ),
        "preliminary": ("k;Jobs\n091;5*\n049;6\n", {"FI_091": 5, "FI_049": 6}),
        "names in three languages": (
            "k;Jobs\nHelsingfors;5\nVÖRÅ;6\nthe row of Finland;\n",
            {"FI_091": 5, "FI_946": 6},
        ),
        "a name of two countries": (
            "k;Jobs\nÖvertorneå;5\nHelsinki;6\n",
            {"FI_976": 5, "FI_091": 6},
        ),
        "Swedish places that are not known": (
            "k;Jobs\n00 Riket;99\n0114 Upplands Väsby;5\n2580 Luleå;6\n",
            {"SE_2580": 6},
        ),
        # Ten of 14.6 each, rounded in tens, are 146 together.
        "figures rounded in tens": (
            "k;Jobs\nTotal;150\n" + "".join(f"{code};10\n" for code in TENS),
            {f"FI_{code}": 10 for code in TENS},
        ),
        "people of no known place": (
            "k;Jobs\nKoko maa;13\n091;5\nTuntematon;8\n",
            {"FI_091": 5},
        ),
        "names in two rows, merged": (
            "Kunta;Jobs;;x\n;2018;2019;2019\n091;4;5;9\n",
            {"FI_091": 5},
        ),
    }.values(),
)
def test_the_right_figure(read, text, expected):
    assert values(read(text)) == expected


def test_one_year_of_several_and_each_apart(read):
    text = "k;Vuosi;Jobs\n091;2018;5\n091;2019*;6\n"
    table = read(text, year=None)
    assert table.years("jobs") == (2018, 2019)
    assert (values(table, year=2018), values(table)) == ({"FI_091": 5}, {"FI_091": 6})
    assert "preliminary: 2019*" in table.notes
    only = read(text)
    assert only.years("jobs") == (2019,)
    assert "rows of 2018 are left out" in only.notes
    with pytest.raises(GeodataError, match="has no 2020: it has 2018, 2019"):
        read(text, year=2020)
    with pytest.raises(GeodataError, match=r"no year: .* give year="):
        read("k;Jobs\n091;5\n", year=None)


def test_marks_and_their_bounds(read):
    text = "k;Jobs\n091;7\n049;-\n020;..\n005;...\n009;<5\n010;1-4\n016;x\n018;.\n019;\n"
    nan, found = "nan", figures(read(text))
    assert {place: tuple(map(str, cell)) for place, cell in found.items()} == {
        "FI_091": ("7.0", "7.0", "7.0", "known"),
        "FI_049": ("0.0", "0.0", "0.0", "zero"),
        "FI_020": (nan, "0.0", nan, "missing"),
        "FI_005": (nan, "0.0", nan, "suppressed"),
        "FI_009": (nan, "0.0", "4.0", "suppressed"),
        "FI_010": (nan, "1.0", "4.0", "suppressed"),
        "FI_016": (nan, "0.0", nan, "suppressed"),
        "FI_018": (nan, "0.0", nan, "missing"),
        "FI_019": (nan, "0.0", nan, "missing"),
    }


def test_a_threshold_is_read_as_the_numbers_beside_it(read):
    text = "k;Jobs\n091;<1.000\n049;2.300\n020;1.000.000\n005;<1 000\n"
    assert figures(read(text))["FI_091"][1:3] == (0, 999)
    assert figures(read(text))["FI_005"][1:3] == (0, 999)
    with pytest.raises(GeodataError, match="'1,000' may be 1000 or 1"):
        read("k;Jobs\n091;<1,000\n049;20\n")


def test_a_count_declared_with_a_middle_may_be_below_nothing(read):
    net = Indicator(id="net", name="Net", kind="count", middle=0)
    assert str(figures(read("k;Net\n091;5\n049;...\n", net), "net")["FI_049"][1]) == "nan"


@pytest.mark.parametrize("factor", [1, 1000])
def test_per_cent_signs_go_with_a_factor_of_100(read, factor):
    rate = Indicator(id="rate", name="Rate", kind="rate", base="jobs", factor=factor)
    with pytest.raises(GeodataError, match=f"'8 %', and factor={factor}; give factor=100"):
        read("k;Jobs;Rate\n091;10;8 %\n049;10;7 %\n", JOBS, rate)


@pytest.mark.parametrize("unit", ["", "%"])
def test_a_factor_of_100_says_per_cent(read, unit):
    rate = Indicator(id="rate", name="Rate", kind="rate", base="jobs", factor=100, unit=unit)
    with pytest.raises(GeodataError, match=r"between 0 and 1, such as 0\.08"):
        read("k;Jobs;Rate\n091;10;0,08\n049;10;0,07\n", JOBS, rate)


def test_per_cents_are_no_count():
    with pytest.raises(GeodataError, match="per cents cannot be added up"):
        Indicator(id="c", kind="count", unit="percent")


def test_the_division_nearest_to_the_figures_is_taken(read):
    # Juankoski joined Kuopio in 2017, Maaninka in 2015.
    assert read("k;Jobs\n174;5\n297;6\n", year=2012).division == 2013


def test_bounds_follow_the_kind_and_the_column(read):
    threshold = Indicator(id="jobs", name="Jobs", kind="count", suppressed_below=10)
    assert figures(read("k;Jobs\n091;12\n049;...\n", threshold))["FI_049"][2] == 9
    assert figures(read("k;Jobs\n091;12,5\n049;...\n", threshold))["FI_049"][2] == 10
    # Net migration may be below nothing.
    assert str(figures(read("k;Jobs\n091;-12\n049;...\n"))["FI_049"][1]) == "nan"
    mean = Indicator(id="jobs", name="Jobs", kind="mean", weight="population")
    assert figures(read("k;Jobs\n091;12\n049;-\n", mean))["FI_049"][3] == "missing"


def test_rates_are_held_against_their_counts(read):
    force = Indicator(id="force", name="Force", kind="count")
    rate = Indicator(id="r", name="Rate", kind="rate", base="force", numerator="jobs", factor=100)
    rows = "k;Jobs;Force;Rate\n091;10;100;{}\n049;7;100;{}\n"
    fraction = r"'Rate' has 0.1 where 100 x jobs / force is 10; give factor=1, or multiply"
    with pytest.raises(GeodataError, match=fraction):
        read(rows.format("0,1", "0,07"), JOBS, force, rate)
    assert not [n for n in read(rows.format(10, 7), JOBS, force, rate).notes if "differs" in n]
    table = read(rows.format(10, 9), JOBS, force, rate)
    said = "'Rate' differs from 100 x jobs / force in 1 of 2 figures, which sums are made of"
    assert said in table.notes
    without = read("k;Jobs;Force\n091;10;100\n", JOBS, force, rate)
    assert without.years("r") == (2019,)


@pytest.mark.parametrize("year", ["x", 19, True, 2019.5])
def test_a_year_is_a_year(read, year):
    with pytest.raises(YearError, match="is not a year"):
        read("k;Jobs\n091;5\n", year=year)
    with pytest.raises(YearError):
        read("k;Jobs\n091;5\n", division=year)


def test_years_as_options_have_them(read):
    table = read("k;Jobs\n091;5\n", year="2019", division="2020")
    assert (table.years("jobs"), table.division) == ((2019,), 2020)


def test_every_faulty_column_is_named(read):
    with pytest.raises(GeodataError, match=r"'Jobs' has 'a'.*'Rate' has 'b'"):
        read("k;Jobs;Rate\n091;a;8\n049;1;b\n", JOBS, RATE)


def test_what_is_asked_for_in_the_terms_of_the_table(read):
    text = "k;Sex;Jobs\n091;Total;5\n091;Men;2\n"
    assert values(read(text, where={"Sex": "Total"})) == {"FI_091": 5}
    with pytest.raises(GeodataError, match="'Sex' has no 'Both'; it has 'Total', 'Men'"):
        read(text, where={"Sex": "Both"})
    with pytest.raises(GeodataError, match="no column 'Sukupuoli'; the table has 'k', 'Sex'"):
        read(text, where={"Sukupuoli": "Yhteensä"})
    assert values(read("k;Jobs\n091;1,200\n", decimal=".")) == {"FI_091": 1200}
    assert values(read("k;Jobs\n091;1,200\n", decimal=",")) == {"FI_091": 1.2}


def test_the_division_is_found_or_given(read):
    assert read("k;Jobs\n099;5\n507;6\n").division == 2019
    assert read("k;Jobs\n099;5\n507;6\n", year=2024).division == 2020
    late = read("k;Jobs\n507;5\n")
    assert late.division == 2019
    assert any("507 Mäntyharju took in others; give division=2026" in note for note in late.notes)
    assert read("k;Jobs\n507;5\n", division=2026).division == 2026
    with pytest.raises(
        GeodataError, match=r"not municipalities of 2026: 099 Honkajoki \(2013-2020"
    ):
        read("k;Jobs\n099;5\n", division=2026)
