"""What a change of rules does to people: two rule sets, and who gets something else.

Why this package exists: a change that looks small in a file can move thousands of
answer sets from one path to another, or take a promise away unseen. Whoever signs a change
reads it here: which way it goes, what was promised, what was changed, and for whom.

It must not say that nothing changes where it only looked at a sample. `changed_rules` tells
which rules decide, `before_after` every change in words and
`met_by_rules` what other rules make of it, `promises` what is no longer asked of
the rules, `broken` what they don't keep; `population` makes the answer sets; `outcomes` and
`ranking` work them out; `compare` counts, in the words of `tally`; `witnesses` works out
examples; `review` brings it all together, and `report`, `change_words`, `person_words` and
`report_data` tell it.
"""
