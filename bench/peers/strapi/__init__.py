"""Strapi 5."""
