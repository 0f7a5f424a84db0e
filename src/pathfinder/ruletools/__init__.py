"""For those who keep the rules: a folder for each way of looking at a rule set.

    check   every slip, at its line         verify  statements proved for every set of answers
    cases   examples and whole people       diff    what a change does to people
    author  copies, pictures, JSON Schema

It must not be needed to decide anything.
"""
