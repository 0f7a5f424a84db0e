"""In and out of other systems: the questions as a FHIR form, its answers back, a note beside them.

Why this room exists: an agency asks where its people already are, and types nothing twice.
Everything is made from the rule set; nothing here says a word about care of its own.

    vocabulary.py           names, versions and codes, and when a question applies in a form's words
    questionnaire.py        the rule set as a Questionnaire, and what no validator looks for in one
    response_and_bundle.py  answers as a QuestionnaireResponse, and a session for a record elsewhere
    reading.py              a QuestionnaireResponse as answers, or every problem with its place
    items.py                its items, each taken apart
    page.py                 the questions as one HTML file for a tablet, and the code it shows

It must not open a connection, name an address on a network, or decide anything.
"""
