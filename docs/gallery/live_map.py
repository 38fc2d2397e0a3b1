"""
A live map in a page
====================

One file that asks nothing of the network: search, languages, extents, years and keys are in it.
"""

# sphinx_gallery_thumbnail_path = 'img/map.png'

import zones

zones.map("peramerenkaari", lang="en")
