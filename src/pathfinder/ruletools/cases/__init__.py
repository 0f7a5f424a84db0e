"""Trying a rule set on people: the examples inside its rules, and whole persons beside them.

Why this package exists: somebody who changes a rule should hear at once which person
it changed things for, in words, and which rules nobody has tried yet.

It must not decide anything itself, or change a file. `cases` reads, `examples` and
`judging` try, `reasons` and `no_path` say why, `coverage` counts, `run` puts them
together, `report` words it.
"""
