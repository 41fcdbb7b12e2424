"""The relay role: events get their positions. Composition only."""
