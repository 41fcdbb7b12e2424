"""Directus 12."""
