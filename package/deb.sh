#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# deb.sh - build the Debian package in a copy of the tree, below $BUILD/package.
#
# sparse's source has been fetched before, so the build itself needs no network. The tree stays as
# it is, and the package appears whole or not at all. lintian looks at it; its errors and warnings are ours.

BUILD=${BUILD:-build}
top=$(cd "$BUILD" && pwd) || exit 2
work=$top/package/work

die()
{
	rm -rf "$work"
	echo "mncheck: error: $1" >&2
	exit "${2:-2}"
}

[ -f "$top/sparse-src/origin" ] || die "no source of sparse in $BUILD/sparse-src; see the line above"
trap 'die "interrupted; run make deb again" 130' INT TERM HUP
rm -rf "$work"
mkdir -p "$work/mncheck" || die "$work: cannot be written; name another place with BUILD="
{ git ls-files -z -c -o --exclude-standard 2>/dev/null || find . -name build -prune -o -type f -print0; } |
	tar --null -T - -cf - | tar -xf - -C "$work/mncheck" || die "$work: the tree cannot be copied"

log=$top/package/build.log
echo "building the package; what is printed goes to $BUILD/package/build.log"
(cd "$work/mncheck" && SPARSE_SRC="$top/sparse-src" MAKEFLAGS='' dpkg-buildpackage -us -uc -b) \
	> "$log" 2>&1 || die "the package does not build: $(grep -m 1 'rror' "$log") (see $log)"
for made in "$work"/mncheck*.*; do
	mv -f "$made" "$top/package/" || die "$top/package: cannot be written"
	case $made in *.changes) changes=$top/package/${made##*/} ;; esac
done
rm -rf "$work"
lintian --fail-on error,warning --allow-root "$changes" || die "lintian complains: $changes" 1
echo "made: $(ls "$top"/package/mncheck_*.deb)"
