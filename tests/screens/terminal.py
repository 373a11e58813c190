"""A terminal of a known size with vires in it, for tests of screens.

    with Terminal('top', '--root', TREE, columns=80, rows=24) as terminal:
        terminal.press('M', 'Enter')
        terminal.shows('the title', 'PID USER')       # a text that has to come
        terminal.becomes('the table', 'top-80x24')    # the whole screen, tests/screens/golden/top-80x24

Nothing is slept for: what is expected has SECONDS to come. UPDATE_GOLDEN=1 writes the golden files as they are now.
"""
import atexit
import contextlib
import difflib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'golden'))
from golden import VIRES, case, finish, skip_all  # pylint: disable=wrong-import-position,unused-import

TREE = os.path.join(os.path.dirname(HERE), 'roots', 'debian-vm')
SECONDS = 20  # 2, once something has not come
PROGRAM = os.path.abspath(VIRES)
place = tempfile.TemporaryDirectory(prefix='vires-screens.')


def tmux(*words, check=True):
    done = subprocess.run(['tmux', '-u', '-f', '/dev/null', '-S', f'{place.name}/socket', *words], check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if check and done.returncode:
        raise RuntimeError(f'tmux {" ".join(words)}: {done.stderr.decode()}')
    return done.stdout.decode(errors='replace')


if not shutil.which('tmux'):
    skip_all('tmux is not installed')
atexit.register(lambda: tmux('kill-server', check=False))
# One session stays for the whole test: a server that loses its last one is on its way out when the next one comes.
tmux('new-session', '-d', '-s', 'first', 'cat', ';', 'set', '-g', 'status', 'off', ';', 'set', '-g', 'remain-on-exit', 'on')


class Terminal:
    made = 0
    patience = SECONDS

    def __init__(self, *words, columns=80, rows=24, program=PROGRAM, **environment):
        Terminal.made += 1
        self.name = f't{Terminal.made}'
        self.status = f'{place.name}/{self.name}.status'
        settings = {'HOME': place.name, 'XDG_CONFIG_HOME': f'{place.name}/config', 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC',
                    'TERM': 'screen-256color', 'COLUMNS': '', 'LINES': '', 'NO_COLOR': '', 'VIRES_SOURCE': 'proc'}
        settings.update(environment)
        given = [f'{name}={value}' for name, value in settings.items() if value]
        empty = [word for name, value in settings.items() if not value for word in ('-u', name)]
        script = 'status=$1; shift; "$@" 2>"$status.err"; echo $? >"$status.new"; mv "$status.new" "$status"; exec cat'
        tmux('new-session', '-d', '-s', self.name, '-x', str(columns), '-y', str(rows),
             'env', *empty, *given, 'sh', '-c', script, 'sh', self.status, program, *words)
        self.resize(columns, rows)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # At once: a hang-up would have it look for leaks while its threads are being ended.
        with contextlib.suppress(ValueError, OSError):
            os.killpg(int(tmux('display', '-p', '-t', self.name, '#{pane_pid}', check=False)), signal.SIGKILL)
        tmux('kill-session', '-t', self.name, check=False)

    def press(self, *keys):
        """Keys by tmux's names: 'a', 'Enter', 'C-l', 'PageDown', 'Escape'."""
        tmux('send-keys', '-t', self.name, *keys)

    def type(self, text):
        tmux('send-keys', '-t', self.name, '-l', text)

    def answer(self, key, question, text):
        """Presses a key that asks, and answers once it has asked."""
        self.press(key)
        self.shows(f'{key}: asks', question)
        self.type(text)
        self.press('Enter')

    def resize(self, columns, rows):
        tmux('resize-window', '-t', self.name, '-x', str(columns), '-y', str(rows))

    def text(self, escapes=False):
        return tmux('capture-pane', '-p', '-t', self.name, *(['-e'] if escapes else []))

    def wait(self, holds, escapes=False):
        """The screen once it holds, or as it is after SECONDS; and whether it held."""
        end = time.monotonic() + Terminal.patience
        while True:
            text = self.text(escapes)
            if holds(text):
                return text, True
            if time.monotonic() > end:
                Terminal.patience = 2
                return text, False
            time.sleep(0.03)

    def shows(self, name, pattern, escapes=False):
        text, held = self.wait(lambda text: re.search(pattern, text, re.M), escapes)
        case(name, held, f'expected {pattern!r}; got:', text)
        return text

    def shows_no_more(self, name, pattern):
        text, held = self.wait(lambda text: not re.search(pattern, text, re.M))
        case(name, held, f'still {pattern!r}:', text)

    def becomes(self, name, golden):
        path = os.path.join(HERE, 'golden', golden)
        if os.environ.get('UPDATE_GOLDEN'):
            time.sleep(2)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(self.text())
        with open(path, encoding='utf-8') as file:
            expected = file.read()
        text, held = self.wait(lambda text: text == expected)
        case(name, held, *difflib.unified_diff(expected.splitlines(), text.splitlines(), golden, 'the screen', lineterm=''))

    def ends(self, name, status=0):
        """It has ended with this exit status, and said nothing on stderr."""
        _, held = self.wait(lambda _: os.path.exists(self.status))
        got = open(self.status, encoding='ascii').read().strip() if held else 'none: it still runs'
        said = open(f'{self.status}.err', encoding='utf-8', errors='replace').read()
        case(name, got == str(status) and not said, f'status {got}', said)
