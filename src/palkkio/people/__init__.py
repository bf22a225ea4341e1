"""Persons, their roles, bank accounts and guardianships."""
