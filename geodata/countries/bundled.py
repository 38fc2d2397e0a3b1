"""Reading the bundled tables of a country; pandas is imported when the first is read."""

import functools
import io
from typing import TYPE_CHECKING

from geodata import snapshot
from geodata.countries.record import PLANE

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["credit", "polygons", "seats", "table"]


@functools.cache
def table(name: str) -> "pd.DataFrame":
    """Read a bundled table as text: a code must never become a number."""
    import pandas as pd  # noqa: PLC0415 - start-up time

    return pd.read_csv(io.BytesIO(snapshot.read_bytes(name)), dtype="str", keep_default_na=False)


@functools.cache
def polygons(name: str, country: str) -> "gpd.GeoSeries":
    """Polygons as they are in the snapshot, parsed once a process."""
    import geopandas as gpd  # noqa: PLC0415 - start-up time

    from geodata.snapshot.layers import unpack_layer  # noqa: PLC0415 - start-up time

    layer = unpack_layer(snapshot.read_bytes(name))
    index = [f"{country}_{code}" for code in layer.codes]
    series = gpd.GeoSeries(layer.geometry, index=index, crs=layer.epsg, name="geometry")
    return series.rename_axis("lau_id")


@functools.cache
def seats(country: str) -> "gpd.GeoDataFrame":
    """Known centres of a country's municipalities, former ones too."""
    import geopandas as gpd  # noqa: PLC0415 - start-up time

    rows = table("centres.csv")
    rows = rows[rows["country"] == country]
    rows = rows.set_axis(f"{country}_" + rows["code"]).rename_axis("lau_id")
    return gpd.GeoDataFrame(
        rows[["name", "source"]],
        geometry=gpd.points_from_xy(rows["easting"].astype(float), rows["northing"].astype(float)),
        crs=PLANE,
    )


def credit(country: str, dataset: str) -> str:
    """Return the line of a bundled dataset, of the country where each has its own."""
    own = f"{dataset}-{country.lower()}"
    return snapshot.attribution(own if own in snapshot.DATASETS else dataset).line
