"""Decides and explains: the pure core. Nothing here opens a file, asks a clock or knows a screen.

Why this package exists: quiz, files, streams, reports and proofs must come to the same
decision, so it is made in one closed room. It takes checked answers and a loaded rule set.

    ruleset     what a rule set is made of      decision       what a decision is made of
    conditions  three-valued logic              flow           what answers count as, what applies
    gates       the least safe level            fit            points and their reasons
    decide      answers -> Decision             explain/       how firm, what would change it
    ready       rules as quick tests            plan           their order; now, next, after

It must import errors and nothing else of ours, directly or through others.
"""
