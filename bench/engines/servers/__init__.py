"""Servers that stand beside Masthead: each is what a careful team would write with that library."""
