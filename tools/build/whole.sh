#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# whole.sh - run a command whose output is a file: it appears whole or not at all.
#
#	whole.sh FILE COMMAND...
#
# A command that ends in -o gets the name of its output there; what any other one prints is the output.
# It is written under another name beside FILE and renamed, and so is what -MMD writes. Where
# the place is at fault, not the command, one line says so in place of the command's own many.

file=$1
shift
dir=${file%/*}
base=${file##*/}
temporary=$dir/.$$.$base
depends=${temporary%.*}.d

clean()
{
	rm -f "$temporary" "$depends"
}

die()
{
	clean
	echo "mncheck: error: $1" >&2
	exit 2
}

# what a full or read-only place makes a program say
place='No space left on device|Read-only file system|Disk quota exceeded|File too large'

trap 'clean; exit 130' INT TERM HUP
said=$(mkdir -p "$dir" 2>&1) && said=$( { : > "$temporary"; } 2>&1) ||
	die "$dir: $(printf '%s\n' "$said" | sed -n '1s/.*: //p'); name another place with BUILD="
last=
for word in "$@"; do last=$word; done
exec 3>&1
if [ "$last" = -o ]; then
	said=$("$@" "$temporary" 2>&1 >&3)
else
	said=$("$@" 2>&1 > "$temporary")
fi
status=$?
if [ $status -ne 0 ]; then
	why=$(printf '%s\n' "$said" | grep -oE "$place" | head -n 1)
	[ -z "$why" ] || die "$file: $why; name another place with BUILD="
	clean
fi
[ -z "$said" ] || printf '%s\n' "$said" >&2
[ $status -eq 0 ] || exit $status
{ [ ! -e "$depends" ] || mv -f "$depends" "$dir/${base%.*}.d"; } && mv -f "$temporary" "$file" ||
	die "$file: cannot be written"
