#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# deps.sh - install what is missing, by apt, after one line that says what.
#
#	deps.sh build		the plugin and the tests
#	deps.sh kernel		building a kernel
#	deps.sh source		the keys of Debian's archive, for kernels of other suites
#	deps.sh bench		counting instructions
#	deps.sh cocci		the semantic patches
#	deps.sh sparse		packaged sparse, for the overlay's test and to compare with
#	deps.sh fuzz		clang with libFuzzer
#	deps.sh foreign		random programs in C
#	deps.sh coverage	counting the lines that the tests run
#	deps.sh headers		a kernel's headers, for modules
#	deps.sh records		checking records against their schema
#	deps.sh caches		a compiler cache, and compilations on other machines
#	deps.sh range		git, for mncheck range
#	deps.sh pages		a browser, and what reads its screenshots
#	deps.sh package		making a Debian package and looking at it
#	deps.sh root		a Debian root to install or to test it in
#
# The words can be combined. Nothing is removed or upgraded. Where apt is not at hand, a
# line says what to install and the caller goes on: its own checks decide.

# without ccache or distcc in front
gcc=${GCC:-gcc}
gcc=${gcc##* }

# what "gcc" is here, or will be once it is installed
default_version()
{
	found=$("$gcc" -dumpversion 2>/dev/null || gcc -dumpversion 2>/dev/null ||
		apt-cache depends gcc 2>/dev/null | sed -n 's/.* gcc-\([0-9]*\)$/\1/p;T;q')
	echo "${found%%.*}"
}

# The compiler that is asked for, and the plugin headers that belong to it. Its name says
# which packages: gcc-14, aarch64-linux-gnu-gcc-12. A cross compiler's plugin is compiled
# by the machine's own compiler of that version. What is at hand needs no package.
compiler_packages()
{
	name=${gcc##*/}
	triplet=${name%gcc*}
	triplet=${triplet%-}
	version=${name##*gcc}
	version=${version#-}
	cross=
	[ -z "$triplet" ] || [ "$triplet" = "$(gcc -dumpmachine 2>/dev/null)" ] ||
		cross=-$(echo "$triplet" | tr _ -)
	command -v "$gcc" >/dev/null || echo "gcc${version:+-$version}$cross"
	[ -z "$version" ] || command -v "g++-$version" >/dev/null || echo "g++-$version"
	[ -f "$("$gcc" -print-file-name=plugin 2>/dev/null)/include/gcc-plugin.h" ] ||
		echo "gcc-${version:-$(default_version)}-plugin-dev$cross"
}

# libFuzzer and the sanitizers: a package of their own since Debian 12
fuzz_packages()
{
	echo clang
	[ -z "$(apt-cache pkgnames libclang-rt-dev 2>/dev/null)" ] || echo libclang-rt-dev
}

wanted=
while [ $# -gt 0 ]; do
	case "$1" in
	build)	wanted="$wanted gcc g++ make perl python3 libc6-dev libjansson-dev $(compiler_packages)" ;;
	kernel)	wanted="$wanted flex bison bc perl libelf-dev libssl-dev xz-utils rsync cpio kmod" ;;
	source)	wanted="$wanted debian-archive-keyring" ;;
	bench)	wanted="$wanted valgrind" ;;
	# spatch looks for Python's library when it runs, and its package asks for none
	cocci)	wanted="$wanted coccinelle libpython3-dev patch" ;;
	sparse)	wanted="$wanted sparse" ;;
	fuzz)	wanted="$wanted $(fuzz_packages)" ;;
	foreign) wanted="$wanted g++ csmith libcsmith-dev" ;;
	coverage) wanted="$wanted gcovr" ;;
	records) wanted="$wanted python3-jsonschema" ;;
	headers) wanted="$wanted linux-headers-amd64 kmod" ;;
	caches)	wanted="$wanted ccache distcc" ;;
	range)	wanted="$wanted git" ;;
	pages)	wanted="$wanted chromium python3-pil" ;;
	package) wanted="$wanted dpkg-dev debhelper lintian fakeroot gcc-12 g++-12 gcc-12-plugin-dev mandoc man-db" ;;
	root)	wanted="$wanted debootstrap" ;;
	*)	echo "deps.sh: error: $1: no such group; the groups are build, kernel, source, bench, cocci, sparse, fuzz, foreign, coverage, records, headers, caches, range, package, root" >&2
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
