"""Households that employ an assistant: power of attorney, insurances, and the gate they open (ACC-8 to ACC-10)."""
