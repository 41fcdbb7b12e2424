"""The API role: the process that owns the public port."""
