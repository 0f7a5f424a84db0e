"""The agency's own list: programs and meetings that a person can call today.

Why this room exists: a recommendation that ends in "find a program" loses half of the people
who hear it. National lists are exact for about half of their entries, so the list that works is
short, local, dated and the agency's own. It is read, checked and matched here, offline.

It must not change what is recommended, send or look up anything, or know a screen.
"""
