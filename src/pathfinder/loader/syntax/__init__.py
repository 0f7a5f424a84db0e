"""How a file is written: YAML and JSON as nodes that know their line and column.

It must not know what any key means.
"""
