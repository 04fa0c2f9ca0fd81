#!/usr/bin/env bash
# Long tests, not part of every change.
set -uo pipefail
cd "$(dirname "$0")/.."
tmp=$(mktemp -d); chmod 755 "$tmp"
trap 'scripts/postgres.sh stop "$tmp/pg"; rm -rf "$tmp"' EXIT
if address=$(scripts/postgres.sh start "$tmp/pg"); then export KONTOR_TEST_PG=$address; fi
KONTOR_SOAK=1 go test -run 'Soak|Kill|Random' -timeout 120m -v ./...
