"""A bounded load generator for loopback; not a bench of its own."""
