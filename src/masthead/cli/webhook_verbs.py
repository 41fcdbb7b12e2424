"""The verbs of `masthead webhooks` gather here; their modules add them."""

from cyclopts import App

webhooks = App(name="webhooks", help="Tell other systems of events, and see what became of it.")
