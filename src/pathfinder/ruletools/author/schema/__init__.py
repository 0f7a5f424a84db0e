"""JSON Schema for the files of a rule set, with that rule set's own names as choices.

Why this package exists: an editor that knows the names completes them and
underlines a slip while it is being typed. `whole` puts the schema together; each
other module describes one part of the rule format (docs/rule-format.md).

It must not take the loader's place. A schema can't see that an id stands twice,
that points add up to too much, or that a question is asked too late.
"""
