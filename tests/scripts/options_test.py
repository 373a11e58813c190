#!/usr/bin/env python3
"""The options that ./dev check reads out of a help text."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'scripts'))
import tables  # noqa: E402

count = 0


def case(name, text, expected):
    global count
    count += 1
    got = tables.options(text)
    print(f'{"ok" if got == expected else "not ok"} {count} - {name}')
    if got != expected:
        print(f'# expected {expected}\n# got {got}')


case('a short and a long form', ' -b, --bytes         show output in bytes\n', {'-b': False, '--bytes': False})
case('a value in angle brackets', ' -s, --seconds <N>   repeat\n', {'-s': True, '--seconds': True})
case('a value behind =', '     --sort=KEY       by KEY\n', {'--sort': True})
case('a value in brackets', ' -e, --scale [k|m|g]  scale\n', {'-e': False, '--scale': False})
case('a value in capitals', ' -d SECS  delay\n', {'-d': True})
case('two short forms', ' -A, -e               all processes\n', {'-A': False, '-e': False})
case('a value behind each form', ' -s N, --seconds N   repeat\n', {'-s': True, '--seconds': True})
case('a value behind a blank and =', '  -d, --delay =SECS [.TENTHS]   pause\n', {'-d': True, '--delay': True})
case('one blank before the explanation', ' -w, --width [COLUMNS] width of the output\n'
     '     --columns <LIST> show these: PID,RES; +PEAK,-SHR adds\n', {'-w': False, '--width': False, '--columns': True})
case('words with dashes in the explanation', '  -x   as -y does, but --not-this\n', {'-x': False})
case('forms without a dash are left alone', '  a    all with a terminal\n p, -p, --pid <PID>  process\n'
     ' -m, m  threads\n', {'-p': True, '--pid': True, '-m': False})
case('no option in running text', 'Usage:\n top [-bcd]\n\nFor more details see ps(1).\n', {})
case('a digit as an option', '  -1, --single-cpu  one line\n', {'-1': False, '--single-cpu': False})
print(f'1..{count}')
