"""Trying a rule set on people: the examples inside its rules, and whole persons beside them.

Why this package exists: somebody who changes a rule should hear at once which person
it changed things for, in words, and which rules nobody has tried yet.

It must not decide anything itself, or change a file. `case_file` reads, `examples` and
`judge` try and count what was reached, and which rules were at work, `report`
words it.
"""
