"""A believable county for the demo: invented people, half a year of care, last month's payroll paid.

Everything is made through the same actions that the pages call, at the moments when people would have done it.
"""
