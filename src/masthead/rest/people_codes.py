"""What the codes of people mean, and the statuses that their classes do not tell."""

TITLES = {
    "not-signed-in": "Nobody is signed in",
    "not-allowed": "Who asks may not do that",
    "token-invalid": "The API token is not valid",
    "origin-foreign": "The request comes from another site",
    "sign-in-refused": "E-mail address or password are wrong",
    "sign-in-delayed": "Too many attempts",
    "sign-in-busy": "Too many sign-ins at once",
}
"""In words that do not change from one occurrence to the next."""

STATUSES = {
    "not-signed-in": 401,
    "token-invalid": 401,
    "sign-in-refused": 401,
    "sign-in-delayed": 429,
}
