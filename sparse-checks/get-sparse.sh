#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# get-sparse.sh - sparse's source into DIR: get-sparse.sh DIR
#
# From the tree SPARSE_SRC, or else Debian's source package by apt. Debian's deb-src lines are
# off by default, so apt gets a configuration of its own here and the system's stays as
# it is. This is the one place that names version and checksum. Exit status 1 with one
# line that says why, where there is no source to be had.

version=0.6.4-3
suite=bookworm
sha256=bd98fd8a122ff79d38a81feb75ec728699101e80701f33f21180912c3c9e949c
tar=sparse_${version%-*}.orig.tar.gz

dir=${1:?DIR}
origin=${SPARSE_SRC:-debian $version}

missing()
{
	echo "mncheck: mncheck-sparse is not built: $1"
	exit 1
}

[ "$(cat "$dir/origin" 2>/dev/null)" = "$origin" ] && exit 0
# under another name until it is complete
fresh=$dir.new
apt=
trap 'rm -rf "$apt" "$fresh"' EXIT
trap 'exit 130' INT TERM HUP
rm -rf "$dir" "$fresh"
said=$(mkdir -p "$fresh" 2>&1) || missing "$fresh: ${said##*: }"

# unless it was filled: why not
fill()
{
	said=$("$@" 2>&1) || missing "$fresh: $(printf '%s\n' "$said" | sed -n '1s/.*: //p')"
	echo "$origin" > "$fresh/origin"
	mv "$fresh" "$dir"
	exit 0
}

if [ -n "$SPARSE_SRC" ]; then
	[ -f "$SPARSE_SRC/linearize.h" ] || missing "SPARSE_SRC=$SPARSE_SRC is no sparse source"
	fill sh -c 'cp -r "$0/." "$1" && cd "$1" && rm -f ./*.o ./*.a ./.*.d' "$SPARSE_SRC" "$fresh"
fi

command -v apt-get >/dev/null || missing "no apt-get for sparse's source; set SPARSE_SRC=<its source tree>"
apt=$(mktemp -d) || missing "no place for temporary files"
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
# from the archive that the system's own packages come from
archive=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' \
	"Codename: $suite" 2>/dev/null | head -n 1)
[ -n "$archive" ] || missing "apt knows no archive of $suite (apt-get update?); set SPARSE_SRC=<its source tree>"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb-src [signed-by=$keyring] $archive $suite main" > "$apt/sources.list"
private()
{
	apt-get -qq -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
		-o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" \
		-o APT::Sandbox::User="$(id -un)" "$@"
}

echo "mncheck: downloading the source package sparse $version by apt"
(cd "$apt" && private update && private source --download-only "sparse=$version") \
	> "$apt/log" 2>&1 ||
	missing "apt has no source of sparse $version ($(tail -n 1 "$apt/log")); set SPARSE_SRC=<its source tree>"
echo "$sha256  $apt/$tar" | sha256sum -c --status ||
	missing "$tar has another SHA-256 than the one expected"
fill tar xzf "$apt/$tar" -C "$fresh" --strip-components=1
