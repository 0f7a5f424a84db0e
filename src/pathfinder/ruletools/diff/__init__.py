"""What a change of rules does to people: two rule sets, and who gets something else.

Why this package exists: a change that looks small in a file can move thousands of
answer sets from one path to another, or take a promise away unseen. Whoever signs a change
reads it here: which way it goes, what was promised, what was changed, and for whom.

It must not say that nothing changes where it only looked at a sample. `changed_rules` tells
which rules decide, and what others make of a change; `before_after` every change,
`promises` what is no longer asked of the rules, and what they don't keep; `population` makes
the answer sets and sums up; `outcomes` and `ranking` work them out; `compare` counts;
`witnesses` works out examples; `review` brings it all together, as data, too; `report` and
`change_words` tell it.
"""
