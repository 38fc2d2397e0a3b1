"""Boundaries as publishers lay them out.

The columns are documented; the polygons are the bundled ones.
"""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geodata


@pytest.fixture(scope="module")
def bundled():
    return geodata.municipalities(2026)


@pytest.fixture(scope="module")
def swedish():
    return geodata.municipalities(2026, country="SE")


@pytest.fixture
def statfi(bundled):
    """Statistics Finland's kunta layer (fields as recorded in 2019 and 2026)."""
    return gpd.GeoDataFrame(
        {
            "id": range(len(bundled)),
            "kunta": bundled.index.str[3:],
            "vuosi": 2026,
            "nimi": bundled["name_fi"].to_numpy(),
            "namn": bundled["name_sv"].to_numpy(),
            "name": bundled["name_en"].to_numpy(),
        },
        geometry=bundled.geometry.to_numpy(),
        crs=3067,
    )


@pytest.fixture
def survey(bundled):
    """The National Land Survey's division (documented fields), without the sea it has."""
    return gpd.GeoDataFrame(
        {
            "GML_ID": range(len(bundled)),
            "NATCODE": bundled.index.str[3:],
            "NAMEFIN": bundled["name_fi"].to_numpy(),
            "NAMESWE": bundled["name_sv"].to_numpy(),
            "SEAWAREA": 0.0,
        },
        geometry=bundled.geometry.to_numpy(),
        crs=3067,
    )


@pytest.fixture
def gisco(bundled, swedish):
    """GISCO LAU (documented fields), with rows of other places as the European file has them."""
    both = pd.concat([bundled, swedish])
    others = pd.DataFrame(
        {
            "GISCO_ID": ["ES_08091", "SE_0180", "IE_ABCD", "EL_9001"],
            "CNTR_CODE": ["ES", "SE", "IE", "EL"],
            "LAU_ID": ["08091", "0180", "ABCD", "9001"],
            "LAU_NAME": ["Gurb", "Stockholm", "Somewhere", "Elsewhere"],
            "geometry": [shapely.box(0, 0, 1, 1)] * 4,
        }
    )
    own = pd.DataFrame(
        {
            "GISCO_ID": both.index,
            "CNTR_CODE": both["country"].to_numpy(),
            "LAU_ID": both.index.str[3:],
            "LAU_NAME": both["name_sv"].to_numpy(),
            "geometry": both.geometry.to_numpy(),
        }
    )
    return gpd.GeoDataFrame(pd.concat([others, own], ignore_index=True), crs=3067)
