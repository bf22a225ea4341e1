"""Seals signed documents with an organisation's certificate, and checks such seals (PAdES)."""
