"""The desk: a local web app in which an analyst reads, checks and rules.

In: a record and settings. Out: an ASGI app (`app.make_app`). How it hangs together, in the order of a request:

    guard.py      who may ask: host, token, same origin, size; headers of every answer
    address.py    the address -> Ask: filters checked, or a page that says what is wrong with them
    rooms/*.py    Ask -> Page: one function a page; asks the record, holds no HTML
    listing.py    the lists of a page, the same on screen, as JSON and as CSV
    room.py       Page -> HTML, JSON, CSV, and the same under /api
    actions.py    what changes the record: forms with a token, JSON under /api

A page is added by one module in rooms/ and one template: see rooms/__init__.py.
"""
