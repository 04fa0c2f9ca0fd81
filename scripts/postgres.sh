#!/usr/bin/env bash
# Starts or stops a throw-away PostgreSQL server for the tests and prints its
# address. PostgreSQL refuses to run as root; then it runs as user postgres.
#   scripts/postgres.sh start DIR [PORT]   prints the address
#   scripts/postgres.sh stop DIR
set -euo pipefail
what=${1:?start or stop}; dir=${2:?folder}; port=${3:-54329}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null || echo /nonexistent/initdb)")
[ -x "$bin/initdb" ] || { echo "PostgreSQL's server programs are not installed" >&2; exit 3; }
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; else "$@"; fi; }
case $what in
start)
  if [ -f "$dir/data/postmaster.pid" ] && as "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; then
    echo "postgres://kontor@127.0.0.1:$(cat "$dir/port")/postgres?sslmode=disable"; exit 0
  fi
  mkdir -p "$dir"; [ "$(id -u)" = 0 ] && chown postgres "$dir"
  rm -rf "$dir/data"
  as "$bin/initdb" -D "$dir/data" -U kontor -A trust -E UTF8 --locale=C.UTF-8 -N >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port" >"$dir/port"
  as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/data/server.log" -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=${KONTOR_PG_FSYNC:-off} -c max_connections=300 -c shared_buffers=512MB -c max_wal_size=4GB -c autovacuum_naptime=10s" start >"$dir/start.log" 2>&1 || { cat "$dir/start.log" "$dir/data/server.log" >&2; exit 1; }
  echo "postgres://kontor@127.0.0.1:$port/postgres?sslmode=disable" ;;
stop) [ -d "$dir/data" ] && as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true ;;
*) echo "start or stop" >&2; exit 2 ;;
esac
