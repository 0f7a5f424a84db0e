"""What someone needs who changes rules: a copy to work in, a picture, help from an editor.

Why this package exists: the rules belong to people who don't program. `copying`
makes a folder that they can change, `graph` shows what hangs on what, and
`schema` lets their editor complete names and underline slips.

It must not check, prove or change rules: `checks`, `trials` and `proof` judge,
and people write.
"""
