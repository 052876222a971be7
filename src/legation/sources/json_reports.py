"""JSON: a record per report, one on each line, or all in one array.

In: a Document. Out: drafts. A record is {"id", "date", "source", "title", "text", "url"?}; other names for these
are found by columns.py, what else a record holds is left alone. Arrays are read record by record, so that a file
of any size fits in memory.
"""

import json
from collections.abc import Iterator, Mapping

from legation.sources.chunks import read_lines
from legation.sources.columns import find_columns
from legation.sources.decoding import decode
from legation.sources.document import Document
from legation.sources.draft import Draft
from legation.sources.json_records import split_records
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected

__all__ = ["read_json_array", "read_json_lines"]

EXPECTED = 'expected a JSON object {"date": ..., "text": ...}'


def read_json_lines(document: Document, options: SourceOptions) -> Iterator[Draft | Rejected]:
    """Yield one draft for each line that isn't blank."""
    for line in read_lines(document.chunks, options.max_report_bytes):
        origin = f"{document.origin}:{line.number}"
        if line.data is None:
            yield _too_long(origin, options)
        elif line.data.strip():
            yield _read_record(line.data, origin, options)


def read_json_array(document: Document, options: SourceOptions) -> Iterator[Draft | Rejected]:
    """Yield one draft for each record of an array, or of records that follow each other in any layout."""
    for line, data in split_records(document.chunks, options.max_report_bytes):
        origin = f"{document.origin}:{line}"
        yield _too_long(origin, options) if data is None else _read_record(data, origin, options)


def _read_record(data: bytes, origin: str, options: SourceOptions) -> Draft | Rejected:
    text = decode(data)
    if text is None:
        return Rejected(origin, f"{EXPECTED}, found bytes that are no text. Save the file as UTF-8.")
    try:
        record = json.loads(text.strip())
    except json.JSONDecodeError as error:
        return Rejected(origin, f"{EXPECTED}, found broken JSON ({error.msg}, character {error.pos + 1}). Mend it.")
    except (ValueError, RecursionError):
        return Rejected(origin, f"{EXPECTED}, found JSON nested too deeply or with too long a number. Mend it.")
    if not isinstance(record, dict):
        return Rejected(origin, f"{EXPECTED}, found {_name_type(record)}. Put one object for each report.")
    return _draft(record, origin, options)


def _draft(record: Mapping[str, object], origin: str, options: SourceOptions) -> Draft | Rejected:
    columns = find_columns((name for name, value in record.items() if value is not None), options.columns)
    if "text" not in columns:
        names = ", ".join(f'"{name}"' for name in list(record)[:12]) or "none"
        return Rejected(
            origin, f'expected a field "text", found {names}. Rename one, or name it with the option columns.'
        )
    fields: dict[str, str] = {}
    for field, name in columns.items():
        value = record[name]
        if isinstance(value, str):
            fields[field] = value
        elif isinstance(value, int) and field == "id":
            fields[field] = str(value)
        elif field in ("text", "date"):
            return Rejected(origin, f'expected a string in "{name}", found {_name_type(value)}. Put it in quotes.')
    return Draft(origin, needs_date=True, **fields)


def _name_type(value: object) -> str:
    names = {list: "an array", dict: "an object", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _too_long(origin: str, options: SourceOptions) -> Rejected:
    return Rejected(
        origin,
        f"expected a record of at most {options.max_report_bytes:,} bytes, found a longer one. "
        "Put one report on each line, or raise max_report_bytes.",
    )
