"""The parts of the loader, one reason to change each.

`files` finds and reads the files, `nodes` and `form` take them apart, `names`
knows which ids exist, and each other module reads one kind of content.
`pathfinder.loader.load` puts them together; nothing else imports from here but
`pathfinder.loader.answers_file`.
"""
