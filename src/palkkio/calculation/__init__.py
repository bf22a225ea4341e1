"""Facts of a month and the rules of its days in, payslip lines out; old and new lines in, differences out. Pure."""
