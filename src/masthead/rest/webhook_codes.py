"""What the codes of webhooks mean."""

TITLES = {
    "webhook-missing": "There is no such webhook",
    "delivery-missing": "There is no such delivery",
    "webhook-url": "Events cannot be sent to the address",
    "webhook-types": "The types of events are wrong",
    "webhook-condition": "The condition is wrong",
    "webhook-disabled": "The webhook is disabled",
    "webhook-range": "The range cannot be sent again",
}
"""In words that do not change from one occurrence to the next."""

STATUSES = {"webhook-disabled": 409}
"""The codes whose status their class does not tell."""
