#!/usr/bin/env bash
# The benchmarks. Each prints its ratio to a baseline measured in the same run,
# since machines differ; none is a timed test.
set -uo pipefail
cd "$(dirname "$0")/.."
tmp=$(mktemp -d); chmod 755 "$tmp"
trap 'scripts/postgres.sh stop "$tmp/pg"; rm -rf "$tmp"' EXIT
if address=$(KONTOR_PG_FSYNC=on scripts/postgres.sh start "$tmp/pg"); then export KONTOR_TEST_PG=$address; fi
go test -run '^$' -bench . -benchtime "${BENCHTIME:-1x}" -timeout 60m ${PACKAGES:-./...} 2>&1 | grep -v 'no test files\|^PASS\|^ok '
