"""Work that is done after a command, again when it fails: a queue in PostgreSQL."""
