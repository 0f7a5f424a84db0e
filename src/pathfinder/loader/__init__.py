"""The parts of the loader, one reason to change each.

`rule_files` finds and reads the files, `syntax` and `fields` take them apart,
`ids_and_answers` knows which ids exist, and each other module reads one kind of content.
`pathfinder.loader.load` puts them together; nothing else imports from here but
`pathfinder.loader.answers_file`.
"""
