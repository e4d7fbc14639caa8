#!/bin/sh
# Makes the secrets of an installation, each in a file of its own: sh deploy/secrets.sh [DIRECTORY [POSTGRES]]
# POSTGRES is where the programs find it, `postgres:5432` unless said otherwise. What is there already is never replaced:
# without its keys a case file cannot be read. Back the directory up, apart from the database.
set -eu
directory=${1:-$(dirname "$0")/secrets}
postgres=${2:-postgres:5432}
if [ -e "$directory" ]; then
  echo "$directory is there already: nothing was changed" >&2
  exit 1
fi

random() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
# Fit for a URL and for SQL.
password() { random 24 | tr '+/' '-_'; }
keep() { cat >"$draft/$1"; }

umask 077
draft=$directory.new.$$
mkdir "$draft"
admin=$(password)
printf %s "$admin" | keep postgres_password
password | keep temporal_password
printf %s "postgres://postgres:$admin@$postgres/onedoor" | keep database_url
printf %s "postgres://onedoor_api:$(password)@$postgres/onedoor" | keep database_app_url
printf %s "postgres://onedoor_verify:$(password)@$postgres/onedoor" | keep database_reader_url
for key in field index payload cursor; do random 32 | keep "${key}_key"; done
# A key for each source and platform; a file of these folders is one.
{
  separator='{'
  for file in "$(dirname "$0")"/../src/departments/sources/*.ts "$(dirname "$0")"/../src/departments/platforms/*.ts; do
    source=$(basename "$file" .ts | tr - _)
    printf '%s"%s":["whsec_%s"]' "$separator" "$source" "$(random 32)"
    separator=','
  done
  printf '}'
} | keep webhook_keys
# Compose mounts the files as they are, and no program in it runs as their owner. The directory stays closed.
chmod 444 "$draft"/*
mv "$draft" "$directory"
echo "secrets are in $directory" >&2
