"""Maps on paper: an A4 sheet, or the drawing alone for a report."""
