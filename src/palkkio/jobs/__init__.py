"""Jobs of the queue as people see them: which run, which have failed and why, and trying them again."""
