"""Sign-in, and which persons an account is."""
