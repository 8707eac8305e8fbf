#!/usr/bin/env bash
# Installs what the tests need beyond npm: a PostgreSQL server. Runs as often as you like; does nothing when all is there.
set -euo pipefail

find_postgres() {
  command -v initdb >/dev/null 2>&1 && return 0
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

if find_postgres; then
  echo "setup-tests: PostgreSQL is there."
  exit 0
fi

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "setup-tests: installing PostgreSQL with apt-get."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # The tests start their own servers; Debian's packaging must not start one of its own.
  mkdir -p /etc/postgresql-common
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
  fi
  apt-get install -y -qq --no-install-recommends postgresql >/dev/null
elif command -v apt-get >/dev/null 2>&1 && command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  exec sudo -n -- bash "$0"
fi

if ! find_postgres; then
  echo "setup-tests: the tests need a PostgreSQL server (15 or newer): install the package 'postgresql' of your system, then run this again." >&2
  exit 1
fi
echo "setup-tests: PostgreSQL is there."
