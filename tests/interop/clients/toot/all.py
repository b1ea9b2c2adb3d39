"""toot 0.34 as a person uses it in a terminal: each check is a command and what it printed."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import people  # noqa: F401  finds checks.py
from checks import finish

import others
import posting
import signing_in

signing_in.run()
posting.run()
others.run()
signing_in.leave()
finish()
