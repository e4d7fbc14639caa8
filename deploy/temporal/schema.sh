#!/bin/sh
# Makes Temporal's two databases and brings their schema to head. May be run again.
set -eu
SQL_PASSWORD=$(cat "$POSTGRES_PWD_FILE")
export SQL_PASSWORD

to_head() {
  tool() {
    temporal-sql-tool --plugin "$DB" --endpoint "$POSTGRES_SEEDS" --port "$DB_PORT" \
      --user "$POSTGRES_USER" --database "$database" "$@"
  }
  database=$1
  tool create-database
  # A schema that has a version keeps it.
  tool setup-schema --version 0.0
  tool update-schema --schema-name "postgresql/v12/$2"
}

to_head "$DBNAME" temporal
to_head "$VISIBILITY_DBNAME" visibility
