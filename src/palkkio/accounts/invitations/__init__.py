"""Personal links that are used once: for household employers, for mandates, and to invite somebody again (ACC-8)."""
