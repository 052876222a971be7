"""Bytes to Reports: files, folders, patterns, addresses and standard input, one reader per format.

read_sources is the door; its options are SourceOptions. What can't be read comes out as Rejected.
"""

from legation.sources.options import SourceOptions
from legation.sources.reading import read_sources
from legation.sources.report import Published, Rejected, Report, make_report

__all__ = ["Published", "Rejected", "Report", "SourceOptions", "make_report", "read_sources"]
