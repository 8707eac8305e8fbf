#!/usr/bin/env bash
# Installs what the tests need beyond `npm ci`: the servers they start, and the optional package `kerberos`.
# Runs as often as you like; does nothing when all is there.
set -euo pipefail

KERBEROS=7.0.0
POLICY=/usr/sbin/policy-rc.d

# Each part: its name | what has to be there (programs, or patterns of files, one of each) | Debian's packages.
PARTS=(
  "PostgreSQL (15 or newer)|initdb:/usr/lib/postgresql/*/bin/initdb|postgresql"
  "OpenLDAP (server and clients)|slapd:/usr/sbin/slapd ldapsearch openssl|slapd ldap-utils openssl"
  "389 Directory Server|ns-slapd:/usr/sbin/ns-slapd dscreate:/usr/sbin/dscreate|389-ds-base"
  "Samba as domain controller|samba:/usr/sbin/samba samba-tool ldbsearch /usr/share/samba/setup/provision.ldif /usr/lib/*/samba/ldb/samba_dsdb.so /usr/lib/*/samba/vfs/acl_xattr.so|samba samba-ad-provision samba-dsdb-modules samba-vfs-modules ldb-tools winbind"
  "Kerberos (clients and headers)|kinit /usr/include/gssapi/gssapi.h:/usr/include/gssapi.h g++:c++ make python3|krb5-user libkrb5-dev g++ make python3"
  "ApacheDS (with Java)|java /usr/share/java/apacheds-core.jar /usr/share/java/apache-directory-api-all.jar /usr/share/java/apacheds-jdbm1.jar /usr/share/java/mavibot.jar /usr/share/java/caffeine.jar /usr/share/java/bcprov.jar /usr/share/java/mina2-core.jar /usr/share/java/commons-collections3.jar /usr/share/java/commons-collections4.jar /usr/share/java/commons-lang.jar /usr/share/java/commons-lang3.jar /usr/share/java/commons-pool.jar /usr/share/java/commons-text.jar /usr/share/java/dom4j.jar /usr/share/java/ehcache-core.jar:/usr/share/java/ehcache.jar /usr/share/java/slf4j-log4j12.jar|apacheds default-jre-headless libapache-directory-api-java libapache-directory-jdbm-java libmavibot-java libcaffeine-java libbcprov-java libmina2-java libcommons-collections3-java libcommons-collections4-java libcommons-lang-java libcommons-lang3-java libcommons-pool-java libcommons-text-java libdom4j-java libehcache-java libslf4j-java"
)

# Whether one of the names parted by colons is a program, or a pattern of files that some match.
is_there() {
  local one
  local -a names
  IFS=: read -ra names <<<"$1"
  for one in "${names[@]}"; do
    case $one in
      */*) compgen -G "$one" >/dev/null && return 0 ;;
      *) command -v "$one" >/dev/null 2>&1 && return 0 ;;
    esac
  done
  return 1
}

# Sets `missing` to the parts that are not whole, and `packages` to what would bring them.
look() {
  missing=()
  packages=()
  local part name needs debian need
  for part in "${PARTS[@]}"; do
    IFS='|' read -r name needs debian <<<"$part"
    set -f
    for need in $needs; do
      set +f
      if ! is_there "$need"; then
        missing+=("$name")
        # shellcheck disable=SC2206 # names of packages hold no blanks
        packages+=($debian)
        break
      fi
    done
    set +f
  done
}

# The tests start their own servers: no package may start one of its own, not even now. What was there before is there afterwards.
without_daemons() {
  local kept="$POLICY.before-setup-tests"
  if [ -e "$POLICY" ] && [ ! -e "$kept" ]; then mv "$POLICY" "$kept"; fi
  trap 'rm -f "'"$POLICY"'"; if [ -e "'"$kept"'" ]; then mv "'"$kept"'" "'"$POLICY"'"; fi' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
  mkdir -p /etc/postgresql-common
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  "$@"
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-upgrade --no-install-recommends "$@" >/dev/null
}

if [ "${1:-}" = --install ]; then
  shift
  without_daemons install_packages "$@"
  exit 0
fi

look
if [ "${#missing[@]}" -gt 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "setup-tests: installing with apt-get: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')."
  if [ "$(id -u)" = 0 ]; then
    bash "$0" --install "${packages[@]}"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo -n -- bash "$0" --install "${packages[@]}"
  fi
  look
fi
for name in ${missing[@]+"${missing[@]}"}; do
  echo "setup-tests: the tests need $name, which is not here and could not be installed: install it as your system does (on Debian: the packages that $0 names), then run this again." >&2
done

# `kerberos` is an optional peer of the LDAP connector, and npm would compile it at every `npm ci` if it were a dependency.
# It is built beside and copied, since an install in place would rewrite what `npm ci` laid out. At run time it needs nothing but itself.
root=$(cd "$(dirname "$0")/.." && pwd)
module="$root/node_modules/kerberos"
built() { [ -e "$module/build/Release/kerberos.node" ] && grep -q "\"version\": \"$KERBEROS\"" "$module/package.json"; }
if ! built && [ -d "$root/node_modules" ]; then
  echo "setup-tests: building the npm package kerberos@$KERBEROS."
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  echo '{ "private": true }' >"$work/package.json"
  if (cd "$work" && npm install --no-audit --no-fund --loglevel=error --build-from-source "kerberos@$KERBEROS" >"$work/log" 2>&1); then
    rm -rf "$module" "$module.new"
    cp -R "$work/node_modules/kerberos" "$module.new"
    rm -rf "$module.new/build/Release/obj.target"
    mv "$module.new" "$module"
  else
    tail -n 20 "$work/log" >&2
  fi
fi
if [ ! -d "$root/node_modules" ]; then
  missing+=(kerberos)
  echo "setup-tests: there is no node_modules for the npm package kerberos@$KERBEROS: run npm ci, then this again." >&2
elif ! built; then
  missing+=(kerberos)
  echo "setup-tests: the tests need the npm package kerberos@$KERBEROS in node_modules, which could not be built: it takes the headers of MIT Kerberos, a C++ compiler, make and Python." >&2
fi

[ "${#missing[@]}" = 0 ] || exit 1
echo "setup-tests: PostgreSQL, the directory servers and kerberos are there."
