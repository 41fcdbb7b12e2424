"""`masthead serve api`, but nobody waits for it: what the checker must find out.

`python -m tests.story.coherence.api_without_lease`.
"""

import sys

from masthead.cli import main
from masthead.events.coherence import Coherence

if __name__ == "__main__":
    defaults = Coherence.__init__.__kwdefaults__
    assert defaults["is_leased"] is True
    defaults["is_leased"] = False
    sys.argv[1:] = ["serve", "api"]
    main()
