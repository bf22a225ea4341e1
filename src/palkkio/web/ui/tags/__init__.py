"""The tags, by meaning; templatetags/ui.py gathers them, so that a page loads one library."""
