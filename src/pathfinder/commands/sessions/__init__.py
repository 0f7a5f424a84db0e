"""`pathfinder sessions …`: one module a command."""
