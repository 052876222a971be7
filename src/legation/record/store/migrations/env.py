"""Alembic's entry: runs migrations over the connection that the store hands on."""

from alembic import context

from legation.record.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
