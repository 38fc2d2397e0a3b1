"""
A choropleth of your own table
==============================

Quantiles with limits that can be read; what the publisher suppressed and what the table lacks are
drawn apart. The table is synthetic.
"""

import zones

page = zones.map(
    "viitoskaytava", data="../../notebooks/data/example_2019.csv", column="unemployment", lang="en"
)
page.static("unemployment.png", column="unemployment")
