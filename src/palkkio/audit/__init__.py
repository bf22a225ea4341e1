"""Who did what and who looked at whom, when and why: written together with the change."""
