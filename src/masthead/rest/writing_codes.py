"""What the codes of commands mean, and the statuses that their classes do not tell."""

TITLES = {
    "address-reserved": "The address is the platform's own",
    "address-taken": "Another entry has this address",
    "archived": "The entry is archived",
    "asset-without-file": "An asset is made of a file",
    "base-missing": "The request does not say on which revision it is based",
    "base-unclear": "The request names two revisions as its base",
    "base-unknown": "The base is no revision of the entry",
    "busy": "Another change came in between",
    "conflict": "Others have changed the same",
    "entry-unknown": "There is no such entry",
    "field-fixed": "The field is what the file says",
    "field-invalid": "A value cannot be stored in its field",
    "field-missing": "A field that publishing needs has no value",
    "held": "Others refer to the entry",
    "key-invalid": "The idempotency key is none",
    "key-reused": "The idempotency key belongs to another command",
    "not-archived": "The entry is not archived",
    "not-public": "The entry is not public",
    "parameter-missing": "A parameter is missing",
    "reference-not-public": "The entry refers to what is not public",
    "refused": "Several things are wrong",
    "release-unknown": "There is no such release",
    "revision-missing": "There is no such revision of the entry",
    "type-missing": "The content type of the entry is gone",
    "revision-unknown": "There is no such revision",
    "singleton-exists": "There is one already",
    "stale": "The entry has changed since",
    "type-unknown": "There is no such content type",
    "value-taken": "A value that must be unique is taken",
    "value-too-long": "A value is too long",
}
"""In words that do not change from one occurrence to the next."""

STATUSES = {
    "base-missing": 428,
}
