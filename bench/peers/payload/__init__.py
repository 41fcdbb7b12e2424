"""Payload 3."""
