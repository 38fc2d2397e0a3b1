"""
Growth of the zones
===================

People at the end of each year as an index, members of today's extent; a year that a member has no
figure for is left out.
"""

import matplotlib.pyplot as plt

import zones

figure, axes = plt.subplots(figsize=(8, 4.2), layout="constrained")
for zone in ("peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"):
    table = zones.population_table(zones.area(zone))
    years = [column for column in table.columns if str(column).isdigit()]
    people = table.loc["whole", years].dropna()
    index = 100 * people.astype(float) / float(people.iloc[0])
    (line,) = axes.plot([int(year) for year in index.index], index, linewidth=2)
    axes.annotate(
        zones.get(zone).names.fi,
        (int(index.index[-1]), index.iloc[-1]),
        (6, 0),
        textcoords="offset points",
        va="center",
        color=line.get_color(),
    )
axes.hlines(100, 2000, 2025, color="0.7", linewidth=0.8, zorder=0)
axes.set_ylabel("people, first year = 100")
axes.spines[["top", "right"]].set_visible(False)
axes.set_xticks(range(2000, 2026, 5))
_ = axes.set_xlim(2000, 2039)
