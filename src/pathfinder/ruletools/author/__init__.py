"""What someone needs who changes rules: a copy to work in, a picture, help from an editor.

Why this package exists: the rules belong to people who don't program. `copy`
makes a folder that they can change, `graph` shows what hangs on what, `schema` lets
their editor complete names and underline slips, and lists every key.

It must not check, prove or change rules: `check`, `cases` and `verify` judge,
and people write.
"""
