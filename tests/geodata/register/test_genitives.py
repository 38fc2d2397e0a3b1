"""The genitive of every municipality's name, as its administration writes it."""

import pytest

import geodata
from geodata.errors import IdentifierError
from geodata.register.divisions import YEARS
from geodata.register.names import fold, known_genitives

# All that are not the name and an n, written by hand.
IRREGULAR = dict(
    pair.split()
    for pair in """
    Alajärvi Alajärven
    Alavus Alavuden
    Enonkoski Enonkosken
    Eurajoki Eurajoen
    Evijärvi Evijärven
    Finström Finströmin
    Haapajärvi Haapajärven
    Haapavesi Haapaveden
    Hailuoto Hailuodon
    Hammarland Hammarlandin
    Hankasalmi Hankasalmen
    Hanko Hangon
    Harjavalta Harjavallan
    Hausjärvi Hausjärven
    Heinävesi Heinäveden
    Helsinki Helsingin
    Hirvensalmi Hirvensalmen
    Honkajoki Honkajoen
    Huittinen Huittisten
    Hyrynsalmi Hyrynsalmen
    Hämeenkoski Hämeenkosken
    Iisalmi Iisalmen
    Iitti Iitin
    Ikaalinen Ikaalisten
    Ilmajoki Ilmajoen
    Isojoki Isojoen
    Isokyrö Isonkyrön
    Jalasjärvi Jalasjärven
    Jokioinen Jokioisten
    Joroinen Joroisten
    Juankoski Juankosken
    Juuka Juuan
    Juupajoki Juupajoen
    Jämijärvi Jämijärven
    Kalajoki Kalajoen
    Kangasniemi Kangasniemen
    Kannonkoski Kannonkosken
    Kannus Kannuksen
    Karijoki Karijoen
    Kaskinen Kaskisten
    Kauhajoki Kauhajoen
    Kauniainen Kauniaisten
    Kaustinen Kaustisen
    Keitele Keiteleen
    Kemijärvi Kemijärven
    Kemiönsaari Kemiönsaaren
    Kempele Kempeleen
    Kirkkonummi Kirkkonummen
    Kiuruvesi Kiuruveden
    Kivijärvi Kivijärven
    Kokemäki Kokemäen
    Konnevesi Konneveden
    Kontiolahti Kontiolahden
    Korsnäs Korsnäsin
    Kristiinankaupunki Kristiinankaupungin
    Kuhmoinen Kuhmoisten
    Kuortane Kuortaneen
    Kurikka Kurikan
    Kyyjärvi Kyyjärven
    Kärsämäki Kärsämäen
    Kökar Kökarin
    Lahti Lahden
    Lapinjärvi Lapinjärven
    Lapinlahti Lapinlahden
    Lappajärvi Lappajärven
    Lappeenranta Lappeenrannan
    Lemland Lemlandin
    Leppävirta Leppävirran
    Lestijärvi Lestijärven
    Lieto Liedon
    Liminka Limingan
    Loppi Lopen
    Luhanka Luhangan
    Lumijoki Lumijoen
    Lumparland Lumparlandin
    Luoto Luodon
    Luumäki Luumäen
    Maalahti Maalahden
    Maaninka Maaningan
    Merijärvi Merijärven
    Muhos Muhoksen
    Mustasaari Mustasaaren
    Mynämäki Mynämäen
    Nousiainen Nousiaisten
    Nurmes Nurmeksen
    Nurmijärvi Nurmijärven
    Orivesi Oriveden
    Oulainen Oulaisten
    Outokumpu Outokummun
    Padasjoki Padasjoen
    Parainen Paraisten
    Pelkosenniemi Pelkosenniemen
    Petäjävesi Petäjäveden
    Pieksämäki Pieksämäen
    Pielavesi Pielaveden
    Pietarsaari Pietarsaaren
    Pihtipudas Pihtiputaan
    Polvijärvi Polvijärven
    Pomarkku Pomarkun
    Pornainen Pornaisten
    Pudasjärvi Pudasjärven
    Punkalaidun Punkalaitumen
    Puolanka Puolangan
    Pyhäjoki Pyhäjoen
    Pyhäjärvi Pyhäjärven
    Pyhäntä Pyhännän
    Pyhäranta Pyhärannan
    Pälkäne Pälkäneen
    Rantasalmi Rantasalmen
    Rautalampi Rautalammin
    Rautjärvi Rautjärven
    Reisjärvi Reisjärven
    Riihimäki Riihimäen
    Ristijärvi Ristijärven
    Rovaniemi Rovaniemen
    Ruokolahti Ruokolahden
    Ruovesi Ruoveden
    Saarijärvi Saarijärven
    Saltvik Saltvikin
    Savitaipale Savitaipaleen
    Savukoski Savukosken
    Seinäjoki Seinäjoen
    Siikainen Siikaisten
    Siikajoki Siikajoen
    Siilinjärvi Siilinjärven
    Sonkajärvi Sonkajärven
    Sund Sundin
    Suomussalmi Suomussalmen
    Suonenjoki Suonenjoen
    Taipalsaari Taipalsaaren
    Taivalkoski Taivalkosken
    Tampere Tampereen
    Tarvasjoki Tarvasjoen
    Tohmajärvi Tohmajärven
    Toholampi Toholammin
    Toivakka Toivakan
    Turku Turun
    Tuusniemi Tuusniemen
    Utajärvi Utajärven
    Utsjoki Utsjoen
    Uurainen Uuraisten
    Uusikaarlepyy Uudenkaarlepyyn
    Uusikaupunki Uudenkaupungin
    Valkeakoski Valkeakosken
    Varkaus Varkauden
    Vesanto Vesannon
    Vesilahti Vesilahden
    Vihti Vihdin
    Viitasaari Viitasaaren
    Virolahti Virolahden
    Virrat Virtain
    Ylöjärvi Ylöjärven
    Äänekoski Äänekosken
    Bjurholm Bjurholmin
    Vindeln Vindelnin
    Robertsfors Robertsforsin
    Storuman Storumanin
    Vännäs Vännäsin
    Arvidsjaur Arvidsjaurin
    Arjeplog Arjeplogin
    Jokkmokk Jokkmokkin
    Överkalix Överkalixin
    Kalix Kalixin
    Älvsbyn Älvsbynin
    Boden Bodenin
    Haaparanta Haaparannan
    Nordmaling Nordmalingin
    """.strip().splitlines()
) | {"Koski Tl": "Kosken Tl", "Pedersören kunta": "Pedersören"}

NAMES = {
    (unit, row["name_fi"], row["name_sv"])
    for year in YEARS
    for country in ("FI", "SE")
    for unit, row in geodata.municipality_register(year, country=country).iterrows()
}


def test_the_table_is_of_names_that_there_are():
    assert set(IRREGULAR) <= {finnish for _, finnish, _ in NAMES}


@pytest.mark.parametrize("word", ["kunta", "kaupunki", "kunnan", "KAUPUNKI"])
def test_every_municipality_is_read_in_the_genitive(word):
    for unit, finnish, _ in NAMES:
        genitive = IRREGULAR.get(finnish, f"{finnish}n")
        read = geodata.parse_id(f"{genitive} {word}", country=unit[:2])
        assert read == unit, genitive


@pytest.mark.parametrize("word", ["kommun", "stad", "kommuns"])
def test_every_municipality_is_read_with_its_swedish_word(word):
    for unit, _, swedish in NAMES:
        for name in (swedish, f"{swedish}s"):
            assert geodata.parse_id(f"{name} {word}", country=unit[:2]) == unit, name


def test_no_genitive_is_of_two_municipalities_but_that_of_overtornea():
    assert [form for form, units in known_genitives().items() if len(units) > 1] == ["overtornean"]
    assert geodata.parse_id("Vantaan kaupunki") == "FI_092"


def test_no_genitive_is_the_name_of_another():
    named = {fold(name): unit for unit, *names in NAMES for name in names}
    clashing = {
        form: units
        for form, units in known_genitives().items()
        if form in named and units != {named[form]}
    }
    assert clashing == {}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Vihdn kunta", "927 Vihti"),
        ("Oriveden", "562 Orivesi"),
        ("Kauniasten kaupunki", "235 Kauniainen"),
        ("Tammerfos", "837 Tampere"),
        ("Vasaa stad", "905 Vaasa"),
        ("Lulå kommun", "2580 Luleå"),
        ("City of Tampare", "837 Tampere"),
    ],
)
def test_a_typo_in_any_language_gets_a_name_and_a_code(written, meant):
    with pytest.raises(IdentifierError, match=f"did you mean {meant}"):
        geodata.parse_id(written)


@pytest.mark.parametrize(
    "written", ["n kunta", " kunta", "kunta", "kaupunki", "in kaupunki", "s stad"]
)
def test_the_word_alone_names_nobody(written):
    with pytest.raises(IdentifierError):
        geodata.parse_id(written)
