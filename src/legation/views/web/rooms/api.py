"""The API told on a page, and the codebook: types, modes and statuses with examples."""

from dataclasses import asdict, dataclass

from legation.reference.codebook import EventType, load_codebook
from legation.views.web.address import AFTER, LIMIT, Ask
from legation.views.web.listing import Column, Listing
from legation.views.web.room import ROOMS, Page, room


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of the API, what it gives, and its filters."""

    method: str
    path: str
    words: str
    filters: tuple[str, ...]


ENDPOINT_COLUMNS: tuple[Column[Endpoint], ...] = (
    Column("method", lambda e: e.method),
    Column("path", lambda e: e.path),
    Column("words", lambda e: e.words),
    Column("filters", lambda e: list(e.filters)),
)
CODE_COLUMNS: tuple[Column[EventType], ...] = (
    Column("code", lambda t: t.code),
    Column("gloss", lambda t: t.gloss),
    Column("quad", lambda t: t.quad),
    Column("plover", lambda t: t.plover),
    Column("cameo", lambda t: t.cameo),
    Column("modes", lambda t: [mode.code for mode in t.modes]),
    Column("example", lambda t: t.positive.text),
)


@room("/endpoints", "API", nav="API", key="p", place=120)
def api(ask: Ask) -> Page:
    """The addresses of the API with their filters."""
    own = [
        Endpoint("GET", "/api" + one.path, one.words, tuple(f.name for f in (*one.filters, AFTER, LIMIT)))
        for one in sorted(ROOMS, key=lambda room: room.path)
    ]
    own.append(
        Endpoint(
            "POST",
            "/api/rulings",
            "Rule: same, different, correct, reject, add, grade, undo",
            ("kind", "ids", "values", "reason", "author"),
        )
    )
    return Page("api.html", "API", (Listing("endpoints", "Addresses", ENDPOINT_COLUMNS, own),))


@room("/codebook", "Codebook", nav="Codebook", key="c", place=125)
def codebook(ask: Ask) -> Page:
    """Types of acts with their modes, and statuses, each with an example."""
    book = load_codebook()
    listing = Listing("types", "Types", CODE_COLUMNS, book.types)
    return Page("codebook.html", "Codebook", (listing,), asdict(book), {"book": book})
