"""A browser's stand-in: asks a desk without a server between."""

import re

from starlette.testclient import TestClient

from legation.record.store import Record
from legation.views.web.app import make_app
from legation.views.web.settings import WebSettings


def client_of(record: Record, settings: WebSettings | None = None) -> TestClient:
    app = make_app(record, settings or WebSettings(write=True))
    return TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)


def token_of(client: TestClient) -> str:
    """The token that this browser's forms carry."""
    found = re.search(r'name="form-token" content="([0-9a-f]+)"', client.get("/rulings").text)
    assert found, "the page tells no token"
    return found[1]
