"""The Tax Administration's direct transfer of tax cards (suorasiirto), behind a neutral record, and a sandbox of it."""
