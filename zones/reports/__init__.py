"""Reports: a folder with the figures, the maps and the evidence of one zone or several."""
