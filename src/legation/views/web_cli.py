"""`legation serve`: the desk in the browser, and how the demonstration ends in it.

In: a record and where to listen. Out: a server that runs until it is stopped. Only this machine can ask, unless --host
names another address: then a token is asked of every request.
"""

import getpass
import secrets
import socket
import tempfile
import threading
import webbrowser
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from legation.errors import LegationError

if TYPE_CHECKING:
    from legation.views.web.settings import WebSettings

__all__ = ["register_serve", "serve_demo", "serve_record"]

errors = Console(stderr=True, highlight=False)


def serve(
    record: Annotated[
        str | None,
        typer.Option("--record", "-r", envvar="LEGATION_RECORD", help="The record: a file, or postgresql://…"),
    ] = None,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8765,
    host: Annotated[
        str, typer.Option(help="Address to listen at; beyond this machine a token is asked.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A further name under which the desk is asked, beyond --host.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Let rulings and new reports in.")] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    author: Annotated[str, typer.Option(envvar="LEGATION_AUTHOR", help="Who rules; by default the user's name.")] = "",
) -> None:
    """Show the record in the browser; with --write, rule on it and read more."""
    if not record:
        raise typer.BadParameter("name the record: --record FILE, or set LEGATION_RECORD.")
    serve_record(record, port=port, host=host, names=tuple(name or ()), write=write, browser=browser, author=author)


def serve_record(
    record: str,
    *,
    port: int = 8765,
    host: str = "127.0.0.1",
    names: tuple[str, ...] = (),
    write: bool = False,
    browser: bool = True,
    author: str = "",
) -> None:
    """Serve a record until the program is stopped; a record that isn't there is made where writing is let in."""
    import uvicorn

    from legation.record.store import open_record
    from legation.views.web.app import make_app
    from legation.views.web.settings import LOCAL_NAMES, WebSettings

    with _listen(host, port) as listening, open_record(record, must_exist=not write) as held:
        settings = WebSettings(
            host=host, port=listening.getsockname()[1], write=write, author=author or getpass.getuser(),
            hosts=(*LOCAL_NAMES, *names),
        )  # fmt: skip
        if not settings.is_local:
            settings = replace(
                settings, token=secrets.token_urlsafe(24), hosts=(*names, host, socket.gethostname(), *LOCAL_NAMES)
            )
        address = _address(settings)
        errors.print(f"legation: {record} at {address}  (Ctrl-C stops)", markup=False, soft_wrap=True)
        if browser:
            threading.Timer(0.8, webbrowser.open, (address,)).start()
        server = uvicorn.Server(
            uvicorn.Config(make_app(held, settings), log_level="warning", server_header=False, proxy_headers=False)
        )
        with suppress(KeyboardInterrupt):  # how one stops it
            server.run(sockets=[listening])


def serve_demo(path: str, workers: int | None = None) -> None:
    """Read the demonstration reports into a record of their own and serve it; the record goes with the program."""
    from legation.sources import SourceOptions
    from legation.views.record_cli import record_paths

    with tempfile.TemporaryDirectory(prefix="legation-demo-") as folder:
        record = str(Path(folder, "demo.legation"))
        record_paths([path], record, SourceOptions(), workers)
        serve_record(record, port=0, write=True)


def _address(settings: "WebSettings") -> str:
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{shown}:{settings.port}/" + (f"?token={settings.token}" if settings.token else "")


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens; taken before anything else, so that a taken port is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise LegationError(
            f"{host}:{port}: can't listen there ({error.strerror or error}). Name another --port, or 0 for a free one."
        ) from error
    return listening


def register_serve(app: typer.Typer) -> None:
    """Put the command on the program's app."""
    app.command()(serve)
