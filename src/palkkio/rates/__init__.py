"""A county's own decided amounts, dated, approved by a second person."""
