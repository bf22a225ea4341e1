"""One view, one template, one call to an action."""
