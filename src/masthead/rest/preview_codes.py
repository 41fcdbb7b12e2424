"""What the codes of previews mean."""

TITLES = {
    "preview-unknown": "There is no such preview",
    "preview-lasting": "The preview lasts too long",
    "preview-over": "The preview link does not work",
    "request-timeout": "The request took too long to arrive",
}
"""In words that do not change from one occurrence to the next."""

STATUSES = {"preview-over": 410, "request-timeout": 408}
"""The codes whose status their class does not tell."""
