"""Who acts for whom: mandates, guardians, substitute employers of minors (ACC-9, ACC-14)."""
