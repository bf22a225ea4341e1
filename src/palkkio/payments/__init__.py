"""Payment batches and their files."""
