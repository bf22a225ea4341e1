"""Tax cards, runs, payslips, differences, receivables."""
