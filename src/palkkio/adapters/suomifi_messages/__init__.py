"""Suomi.fi Messages (Suomi.fi-viestit), REST interface version 2: letters to mailbox or paper; and a sandbox of it."""
