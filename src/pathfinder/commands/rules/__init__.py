"""`pathfinder rules …`: one module a command."""
