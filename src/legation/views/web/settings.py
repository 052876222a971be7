"""What the desk is started with."""

from dataclasses import dataclass, field
from ipaddress import ip_address

__all__ = ["WebSettings"]

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Settings of one run of the desk.

    write:  whether rulings and reading are let in; else every write is refused.
    author: in whose name rulings are written that name nobody.
    token:  asked of every request where it isn't ""; needed where the host isn't this machine alone.
    hosts:  names under which the desk may be asked: a page of another site can't reach it under a name of its own.
    max_upload_bytes: of one request.
    page_rows: rows of a list on one page.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    write: bool = False
    author: str = "desk"
    token: str = ""
    hosts: tuple[str, ...] = field(default=LOCAL_NAMES)
    max_upload_bytes: int = 64_000_000
    page_rows: int = 40

    @property
    def is_local(self) -> bool:
        """Whether only this machine can ask."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False
