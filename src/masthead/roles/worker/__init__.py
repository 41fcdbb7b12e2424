"""The worker role: what happens at a moment, and what is removed when nobody needs it. Composition only."""
