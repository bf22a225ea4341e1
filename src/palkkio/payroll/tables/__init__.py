"""Tables of payroll that stand beside the run: claims on pay, late months, recoveries. `models` gathers them."""
