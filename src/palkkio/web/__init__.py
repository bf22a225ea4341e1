"""The doors: portal for carers, desk for the county's staff, ui for all that the two share."""
