#!/usr/bin/env bash
# Everything that a change must pass. What cannot be had on this machine is
# left out and said at the end; with CI=true leaving something out fails.
set -uo pipefail
cd "$(dirname "$0")/.."
out=()
have() { command -v "$1" >/dev/null 2>&1; }
server() { ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb; }
browser() { have chromium || have chromium-browser || have google-chrome; }

need=()
server || need+=(postgresql)
browser || need+=(chromium)
have node || need+=(nodejs)
have npm || need+=(npm)
have hledger || need+=(hledger)
have xmllint || need+=(libxml2-utils)
if [ ${#need[@]} -gt 0 ] && have apt-get; then
  sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo -n"
  echo "installing: ${need[*]}"
  $sudo apt-get update -qq >/dev/null 2>&1
  for package in "${need[@]}"; do # one at a time: what is not to be had stops nothing else
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || echo "could not install $package"
  done
fi

tmp=$(mktemp -d); chmod 755 "$tmp"
trap 'scripts/postgres.sh stop "$tmp/pg"; rm -rf "$tmp"' EXIT
if server && address=$(scripts/postgres.sh start "$tmp/pg"); then
  export KONTOR_TEST_PG=$address
else
  out+=("PostgreSQL: its server programs are not installed")
fi
if browser && have node && have npm; then
  (cd browser && npm ci --silent --no-audit --no-fund) || out+=("browser tests: npm could not fetch playwright-core and axe-core")
else
  out+=("browser tests: Chromium and Node are not installed")
fi
have hledger || out+=("balances recomputed by another program: hledger is not installed")
have xmllint || out+=("files held against their schemas: xmllint is not installed")

status=0
make --no-print-directory lint || status=1
go test -timeout 20m ./... || status=1

if [ ${#out[@]} -gt 0 ]; then
  printf 'left out: %s\n' "${out[@]}"
  [ "${CI:-}" = true ] && status=1
fi
exit $status
