"""Palkkio: fees, wages and payments of carers, from the care calendar to the bank account."""
