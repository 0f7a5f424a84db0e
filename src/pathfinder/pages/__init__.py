"""What is said: the result, its parts and the other pages, as blocks without width or colour.

Why this package exists: terminal, plain text, Markdown and HTML must say the same things, so
what is said is settled here, and how it looks in `render`.

It must not know a screen, a width or a file.
"""
