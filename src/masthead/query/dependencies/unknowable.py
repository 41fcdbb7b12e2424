"""What an answer may depend on that no change of the public content tells of."""


class UnknowableError(Exception):
    """Drafts, rows of the platform's, what Python computes: such an answer must not be kept."""
