"""What teams use instead, each installed in a place of its own: `python -m bench.peers.install [NAME …]`."""
