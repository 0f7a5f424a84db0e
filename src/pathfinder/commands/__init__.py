"""The commands, alike ones together: their options, and what they call. None decides anything.

Why this package exists: a start pays only for the command that runs. `table` names
them all; `cli` imports the room of the one that is called, and each imports what it needs
when it runs (`tests/test_startup.py` holds every command to that).

A command is a plain function. Its annotations are objects and not strings, because
typer would evaluate each string at every start.
"""
