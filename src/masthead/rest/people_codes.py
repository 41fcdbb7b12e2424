"""What the codes of people mean, and the statuses that their classes do not tell."""

TITLES = {
    "not-signed-in": "Nobody is signed in",
    "not-allowed": "Who asks may not do that",
    "token-invalid": "The API token is not valid",
    "origin-foreign": "The request comes from another site",
    "sign-in-refused": "E-mail address or password are wrong",
    "sign-in-delayed": "Too many attempts",
    "sign-in-busy": "Too many sign-ins at once",
    "password-wrong": "The current password is wrong",
    "password-short": "The password is too short",
    "password-long": "The password is too long",
    "password-guessable": "The password is easily guessed",
    "email-invalid": "The e-mail address is none",
    "email-missing": "An e-mail address is needed",
    "name-invalid": "The name cannot be",
    "role-invalid": "The role cannot be",
    "scope-unknown": "There is no such scope",
    "scope-missing": "The token has no scope",
    "token-lasting": "The token lasts too long",
    "link-invalid": "The one-time link is not valid",
    "account-missing": "There is no such account",
    "account-exists": "There is such an account already",
    "group-missing": "There is no such group",
    "group-exists": "There is such a group already",
    "session-missing": "There is no such session",
    "token-missing": "There is no such token",
    "last-owner": "Nobody would be an owner",
    "body-invalid": "The body is wrong",
    "body-too-long": "The body is too long",
    "media-type": "The body is of another media type",
}
"""In words that do not change from one occurrence to the next."""

STATUSES = {
    "not-signed-in": 401,
    "token-invalid": 401,
    "sign-in-refused": 401,
    "sign-in-delayed": 429,
    "body-too-long": 413,
    "media-type": 415,
}
