"""One module a command: its options, and what it calls. None of them decides anything.

Why this package exists: a start pays only for the command that runs. `table` names
them all; `cli` imports the one that is called, and each imports what it needs when
it runs (`tests/test_startup.py` holds every command to that).

A command is a plain function. Its annotations are objects and not strings, because
typer would evaluate each string at every start.
"""
