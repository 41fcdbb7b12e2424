"""Writing posts: by commands, and by hand-written SQL."""
