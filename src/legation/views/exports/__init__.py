"""A record in the forms that others read: tables, event data, graphs, knowledge graphs, calendars, pages; and diffs."""
