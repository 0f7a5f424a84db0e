"""A clock for scripts of lines: a second passes whenever it is looked at.

So each line of a script counts as typed after what it answers was read.
"""

from __future__ import annotations

import itertools

leisure = itertools.count().__next__
