"""People: accounts, groups, sessions, API tokens, and how each proves who it is."""

__all__: list[str] = []
