"""The parts of the loader, one reason to change each.

`syntax` takes files apart, `rule_files` finds them, `ids` knows which names exist, `fields` asks
for what should stand there, and each other module reads one kind of content.
`load` puts rules together, `compiled` gives the built-in ones at once, `answers_file` reads
answers, `migrations` and `older_answers` those of before, `record_file` the words of a note.
"""
