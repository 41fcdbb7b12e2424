"""Strawberry with SQLAlchemy and DataLoader."""
