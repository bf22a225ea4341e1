"""Incomes register reports and accounting vouchers."""
