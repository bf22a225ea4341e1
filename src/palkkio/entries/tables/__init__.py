"""Tables of entries that stand beside the sheet. `models` gathers them."""
