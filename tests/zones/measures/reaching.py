"""What `zones.reach` says of distances, by distance."""

import zones


def within(area, km, **options):
    table = zones.reach(area, within_km=km, **options)
    return {row.key: row for row in table if row.name == "population_within"}
