#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# deps.sh - install what is missing, by apt, after one line that says what.
#
#	deps.sh build		the plugin and the tests
#	deps.sh kernel		building a kernel
#	deps.sh source		the keys of Debian's archive, for kernels of other suites
#	deps.sh bench		counting instructions
#	deps.sh sparse		packaged sparse, for the overlay's test and to compare with
#	deps.sh headers		a kernel's headers, for modules
#	deps.sh package		making a Debian package and looking at it
#	deps.sh root		a Debian root to install it in
#
# The words can be combined. Nothing is removed or upgraded. Where apt is not at hand, a
# line says what to install and the caller goes on: its own checks decide.

gcc=${GCC:-gcc}

# the package of plugin headers belongs to the compiler that is used
plugin_package()
{
	version=$("$gcc" -dumpversion 2>/dev/null | cut -d. -f1)
	triplet=$("$gcc" -dumpmachine 2>/dev/null)
	[ -n "$version" ] || version=12
	case "$triplet" in
	""|"$(gcc -dumpmachine 2>/dev/null)") echo "gcc-$version-plugin-dev" ;;
	*) echo "gcc-$version-plugin-dev-$(echo "$triplet" | tr _ -)" ;;
	esac
}

wanted=
while [ $# -gt 0 ]; do
	case "$1" in
	build)	wanted="$wanted gcc g++ make python3 libc6-dev $(plugin_package)" ;;
	kernel)	wanted="$wanted flex bison bc perl libelf-dev libssl-dev xz-utils rsync cpio kmod" ;;
	source)	wanted="$wanted debian-archive-keyring" ;;
	bench)	wanted="$wanted valgrind" ;;
	cocci)	wanted="$wanted coccinelle patch" ;;
	sparse)	wanted="$wanted sparse" ;;
	headers) wanted="$wanted linux-headers-amd64 kmod" ;;
	package) wanted="$wanted dpkg-dev debhelper lintian fakeroot gcc-12 g++-12 gcc-12-plugin-dev mandoc man-db" ;;
	root)	wanted="$wanted debootstrap" ;;
	*)	echo "deps.sh: error: $1: no such group; the groups are build, kernel, source, bench, cocci, sparse, headers, package, root" >&2
		exit 2 ;;
	esac
	shift
done

missing=
for package in $wanted; do
	case " $missing " in *" $package "*) continue ;; esac
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "mncheck: not installed by apt:$missing (no apt-get here: install what is missing by hand)"
	exit 0
fi
sudo=
[ "$(id -u)" -eq 0 ] || sudo=sudo
echo "mncheck: installing by apt:$missing"
export DEBIAN_FRONTEND=noninteractive
install_all()
{
	# shellcheck disable=SC2086 # a list of words
	$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || $sudo apt-get update -qq
install_all || { $sudo apt-get update -qq && install_all; } || {
	echo "mncheck: error: apt-get could not install:$missing" >&2
	exit 2
}
