"""`masthead up`: one process in the foreground that starts, watches and stops all others."""
