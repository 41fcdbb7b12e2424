"""PostGraphile 5."""
