"""What a change of rules does to people: two rule sets, and who gets something else.

Why this package exists: a change that looks small in a file can move thousands of
answer sets from one path to another. Counselors see it in numbers and in one worked
person for each kind of change, before anyone meets it in a quiz.

It must not say that nothing changes where it only looked at a sample. `changed_rules`
tells which rules decide; `population` makes the answer sets; `compare` decides
for all of them at once and counts; `witnesses` works out examples; `report` words it.
"""
