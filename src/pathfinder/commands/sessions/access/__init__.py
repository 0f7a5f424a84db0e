"""`pathfinder sessions access …`: one module a command."""
