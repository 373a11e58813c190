#!/usr/bin/env python3
"""tests/run counts cases, and believes no test that did not reach its end."""
import importlib.machinery
import importlib.util
import os

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'run')
loader = importlib.machinery.SourceFileLoader('run', path)
run = importlib.util.module_from_spec(importlib.util.spec_from_loader('run', loader))
loader.exec_module(run)

count = 0


def case(name, stdout, expected, status=0, stderr='', timed_out=False):
    """expected: (passed, failed, skipped)"""
    global count
    count += 1
    outcome = run.judge(stdout, stderr, status, timed_out)
    got = (outcome.passed, len(outcome.failed), len(outcome.skipped))
    print(f'{"ok" if got == expected else "not ok"} {count} - {name}')
    if got != expected:
        print(f'# expected {expected}, got {got}: {outcome.failed} {outcome.skipped}')


case('cases are counted one by one', '1..2\nok 1 - a\nok 2 - b\n', (2, 0, 0))
case('the plan may come last', 'ok - a\nnot ok - b\n1..2\n', (1, 1, 0), status=1)
case('a failed case fails even with exit status 0', '1..1\nnot ok 1 - a\n', (0, 1, 0))
case('groups of cases add up', '1..1\nok 1 - a\n1..2\nok 1 - b\nok 2 - c\n', (3, 0, 0))
case('a skip with its reason', 'ok 1 - a # SKIP no swap here\n1..1\n', (0, 0, 1))
case('a skip without a reason is a failure', 'ok 1 - a # SKIP\n1..1\n', (0, 1, 0))
case("cmocka's skip takes the comment before it as its reason", '1..1\n# no PSI\nnot ok 1 # SKIP a\n', (0, 0, 1))
case("cmocka's skip without one is a failure", '1..1\nnot ok 1 # SKIP a\n', (0, 1, 0))
case('a whole test skipped by its plan', '1..0 # SKIP no tmux\n', (0, 0, 1))
case('a whole test skipped by status 77', 'needs root\n', (0, 0, 1), status=77)
case('status 77 without a word is a failure', '', (0, 1, 0), status=77)
case('a crash behind the last case', '1..1\nok 1 - a\n', (1, 1, 0), status=-11)
case('a crash before the last case', '1..2\nok 1 - a\n', (1, 1, 0), status=1)
case('fewer cases than planned, and status 0', '1..2\nok 1 - a\n', (1, 1, 0))
case('a test that prints nothing', '', (0, 1, 0))
case('a test that stops early and prints no plan', 'ok - a\n', (1, 1, 0))
case('a test that hangs', '1..2\nok 1 - a\n', (1, 1, 0), status=-15, timed_out=True)
case('other words are not cases', 'okay\nnot okay\nok 1 - a\n1..1\n', (1, 0, 0))
print(f'1..{count}')
