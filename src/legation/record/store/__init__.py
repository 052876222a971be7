"""The record on disk: SQLite in one file, or PostgreSQL with the same tables."""

from legation.record.store.connect import RecordError
from legation.record.store.record import Record, load_events, open_record
from legation.record.store.writing import Added

__all__ = ["Added", "Record", "RecordError", "load_events", "open_record"]
