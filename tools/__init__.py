"""The repository's own commands; nothing here is installed."""
