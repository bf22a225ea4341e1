"""Golden months: cases in YAML with the result worked out by hand, read, calculated and compared to the cent."""
