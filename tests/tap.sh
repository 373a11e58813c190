# For tests that are shell scripts: . "$TESTS/tap.sh", then one of these a case, and `finish` as the last line.
# $VIRES is the program under test, $PROGRAMS the folder of the helper programs, $work an own empty folder.
# shellcheck shell=bash
set -u
tap_count=0
tap_failed=0
: "${TESTS:=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)}" "${VIRES:=$TESTS/../build/vires}" "${PROGRAMS:=$TESTS/../build-asan/tests}"
work=$(mktemp -d "${TMPDIR:-/tmp}/vires-test.XXXXXX")
trap 'rm -rf "$work"' EXIT

# ok NAME COMMAND...: the command succeeds. What it prints is shown when it does not.
ok() {
	local name=$1 said
	shift
	if said=$("$@" 2>&1); then
		tap_pass "$name"
	else
		tap_fail "$name" "$* said:" "$said"
	fi
}

# not_ok NAME COMMAND...: the command fails.
not_ok() {
	local name=$1 said
	shift
	if said=$("$@" 2>&1); then
		tap_fail "$name" "$* succeeded and said:" "$said"
	else
		tap_pass "$name"
	fi
}

# same NAME GOT EXPECTED: two texts are equal.
same() {
	if [ "$2" = "$3" ]; then
		tap_pass "$1"
	else
		tap_fail "$1" "expected, then got:" "$(diff <(printf '%s\n' "$3") <(printf '%s\n' "$2"))"
	fi
}

# has NAME TEXT PATTERN: some line of the text matches the extended regular expression.
has() {
	if grep -qE -e "$3" <<<"$2"; then
		tap_pass "$1"
	else
		tap_fail "$1" "no line matches $3 in:" "$2"
	fi
}

# The path of a copy of $VIRES that every user may run: the build may lie in a folder that is root's alone.
vires_for_others() {
	chmod 755 "$work"
	cp "$VIRES" "$work/vires"
	echo "$work/vires"
}

# skip NAME REASON
skip() {
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

# skip_all REASON: nothing here can be tested on this machine.
skip_all() {
	printf '1..0 # SKIP %s\n' "$1"
	exit 0
}

finish() {
	printf '1..%d\n' "$tap_count"
	exit $((tap_failed > 0))
}

tap_pass() {
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s\n' "$tap_count" "$1"
}

# tap_fail NAME TEXT...: the texts go into comments below the case.
tap_fail() {
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_count" "$1"
	shift
	printf '%s\n' "$@" | sed 's/^/# /'
}
