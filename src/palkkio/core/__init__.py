"""Values that every stage speaks in: days, cents, problems, payslips, who asks. No Django, no database."""
