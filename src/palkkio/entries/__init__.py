"""Care days and trips; the sheet of a period and its review."""
