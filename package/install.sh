#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# install.sh - put files below a prefix, or take them away again.
#
#	install.sh install|uninstall DESTDIR PREFIX MODE[?]:DIR:FILE...
#
# A '?' means that the file may not have been built, and is left out then. Each file is written under another name beside its place and renamed, so that a compile that runs
# meanwhile, or an interrupt, finds the old one or the new one. In manual pages @PREFIX@ becomes
# the prefix. Exit status 2 with one line where a place cannot be written.

action=$1 destdir=$2 prefix=$3
shift 3
top=$destdir$prefix
temporary=

die()
{
	rm -f "$temporary"
	echo "mncheck: error: $1" >&2
	exit 2
}

interrupted()
{
	rm -f "$temporary"
	echo "mncheck: error: interrupted; run make $action again" >&2
	exit 130
}

case $prefix in
/*)	;;
*)	die "PREFIX=$prefix: not an absolute path" ;;
esac

# why a command failed, from what it printed
reason()
{
	printf '%s\n' "$1" | sed -n '1s/.*: //p'
}

# FILE into $temporary
copy()
{
	case $1 in
	man/*)	sed "s|@PREFIX@|$prefix|g" "$1" ;;
	*)	cat "$1" ;;
	esac > "$temporary"
}

put()
{
	mode=${1%\?} dir=$2 file=$3
	[ "$mode" = "$1" ] || [ -e "$file" ] || return 0
	place=$top/$dir/${file##*/}
	said=$(mkdir -p "$top/$dir" 2>&1) || die "$top/$dir: $(reason "$said")"
	temporary=$top/$dir/.${file##*/}.$$
	said=$( (copy "$file" && chmod "$mode" "$temporary" && mv -f "$temporary" "$place") 2>&1) ||
		die "$place: $(reason "$said")"
	temporary=
}

# a file, and the folders that only mncheck has
take()
{
	dir=$1
	rm -f "$top/$dir/${2##*/}" 2>/dev/null || die "$top/$dir/${2##*/}: cannot be removed"
	while [ "${dir#*mncheck}" != "$dir" ]; do
		rmdir "$top/$dir" 2>/dev/null || break
		dir=${dir%/*}
	done
}

trap interrupted INT TERM HUP
for word in "$@"; do
	mode=${word%%:*} rest=${word#*:}
	case $action in
	install)	put "$mode" "${rest%%:*}" "${rest#*:}" ;;
	uninstall)	take "${rest%%:*}" "${rest#*:}" ;;
	*)		die "$action: install or uninstall" ;;
	esac
done
