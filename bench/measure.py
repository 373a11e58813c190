"""The loads and the ways to measure under them. Every function gives figures in the unit that its name says."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import termios
import time
from dataclasses import dataclass


class Skip(Exception):
    """This cannot be measured here, and why."""


class Failed(Exception):
    """It was run and did not do what it should have, so there is no figure."""


@dataclass
class Cost:
    value: float            # in the unit of the kind
    ratio: float = 0.0      # median of the ratios to the peer, round by round; the peer's own is 1
    low: float = 0.0        # quartiles of these ratios; 0 where there was one round only
    high: float = 0.0
    peak_mib: float = 0.0


def available_mib():
    with open('/proc/meminfo', encoding='ascii') as file:
        return next(int(line.split()[1]) >> 10 for line in file if line.startswith('MemAvailable:'))


class Load:
    """Processes of bench/load in a pid namespace of their own. Whatever happens to this program, they go with it:
    setpriv kills unshare, and unshare kills the first process of the namespace, and the kernel all others."""

    def __init__(self, program, words):
        self.words = words
        self.size = int(words[1])
        wanted = {'idle': self.size // 3, 'threads': self.size, 'one': self.size // 200,
                  'maps': self.size * int(words[-1]) // 2 + int(words[-1]),
                  'big': self.size * int(words[2] if words[0] == 'big' else 0)}[words[0]]
        if wanted > available_mib() * 0.7:
            raise Skip(f'the load takes {wanted} MiB and {available_mib()} are there')
        user = [] if os.geteuid() == 0 else ['-U', '-r']
        self.process = subprocess.Popen(
            ['setpriv', '--pdeathsig', 'KILL', 'unshare', *user, '-p', '-m', '-f', '--kill-child', '--mount-proc',
             str(program), *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        try:
            ready = re.match(r'ready processes=(\d+) first=(\d+)', self.process.stdout.readline())
            if not ready:
                raise Failed(f'the load {" ".join(words)} could not be made')
            self.first_pid = ready[2]
            self.init = children(self.process.pid)[0]
            self.enter = ['nsenter', '-t', self.init, '-m', '-p', *(['-U', '--preserve-credentials'] if user else [])]
            there = sum(name.isdigit() for name in os.listdir(f'/proc/{self.init}/root/proc'))
            if there != int(ready[1]) + 1:
                raise Failed(f'{there} processes in the load of {ready[1]}')
        except BaseException:
            self.close()
            raise

    def command(self, text):
        return [word.replace('{pid}', self.first_pid) for word in text.split()]

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def children(pid):
    return pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text(encoding='ascii').split()


@dataclass
class Side:
    """One of the commands that are compared."""
    name: str               # peer, proc or bpf
    words: list
    variables: dict


def pair(program, load, sides, rounds, between=None):
    """CPU ms of one run, or of one refresh, for each side; the first is what the others are compared with."""
    words = [*load.enter, str(program), '-r', str(rounds), *(['-n', between] if between else [])]
    for side in sides:
        words += ['--', side.name, *(f'{name}={value}' for name, value in side.variables.items()), *side.words]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise Failed(done.stderr.strip())
    costs, peer = {}, None
    for line in done.stdout.splitlines()[1:]:
        name, cpu_us, rss_kib, ratio, low, high, _, lines, status, *said = line.split(None, 9)
        peer = peer or (status, int(lines))
        if status != peer[0]:
            costs[name] = Failed(f'exit {status} where the peer has {peer[0]}: {"".join(said)}')
        elif int(lines) < peer[1] * 0.9 - 5:
            costs[name] = Failed(f'{lines} lines where the peer writes {peer[1]}')
        else:
            costs[name] = Cost(float(cpu_us) / 1e3, float(ratio), float(low), float(high), int(rss_kib) / 1024)
    return costs


SETTLE_SECONDS, WATCH_SECONDS = 12, 20    # a governed screen needs 7 to know 3,000 shares


def cpu_ns(pid):
    """CPU time of all threads, from the scheduler's own count."""
    return sum(int(file.read_text(encoding='ascii').split()[0])
               for file in pathlib.Path(f'/proc/{pid}/task').glob('*/schedstat'))


def reads_lines(tty):
    """Whether a terminal still waits for whole lines, as it does before a program takes keys one by one."""
    descriptor = os.open(tty, os.O_RDONLY | os.O_NOCTTY)
    try:
        return bool(termios.tcgetattr(descriptor)[3] & termios.ICANON)
    finally:
        os.close(descriptor)


class Terminal:
    """Screens of 200x50, each in a tmux server of its own: one that is about to end takes no new session."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix='vires-bench-')
        btop = pathlib.Path(self.home, 'btop')
        btop.mkdir()
        (btop / 'btop.conf').write_text('update_ms = 1000\n', encoding='ascii')    # it has no option for this
        self.servers = 0
        self.tmux = []

    def close(self):
        self.end()
        shutil.rmtree(self.home, ignore_errors=True)

    def begin(self, *words):
        self.servers += 1
        self.tmux = ['tmux', '-f', '/dev/null', '-S', f'{self.home}/{self.servers}']
        self.ask('new-session', '-d', '-x', '200', '-y', '50', *words)

    def end(self):
        if self.tmux:
            subprocess.run([*self.tmux, 'kill-server'], stderr=subprocess.DEVNULL, check=False)

    def ask(self, *words):
        return subprocess.run([*self.tmux, *words], stdout=subprocess.PIPE, text=True, check=True).stdout

    def watch(self, load, side):
        """CPU ms a second, and peak resident MiB, of an interactive program. It starts without settings of its own."""
        variables = {'HOME': self.home, 'XDG_CONFIG_HOME': self.home, 'XDG_STATE_HOME': self.home, **side.variables}
        try:
            self.begin('env', *(f'{n}={v}' for n, v in variables.items()), *load.enter, *side.words)
            time.sleep(SETTLE_SECONDS)
            shell, tty = self.ask('list-panes', '-F', '#{pane_pid} #{pane_tty}').split()
            pid = children(shell)[0]
            if reads_lines(tty):
                raise Failed(f'{" ".join(side.words)} takes no keys: it is no interactive screen')
            began, before = time.monotonic(), cpu_ns(pid)
            time.sleep(WATCH_SECONDS)
            cpu_ms = (cpu_ns(pid) - before) / 1e6 / (time.monotonic() - began)
            peak = re.search(r'VmHWM:\s+(\d+)', pathlib.Path(f'/proc/{pid}/status').read_text(encoding='ascii'))
            drawn = sum(line.strip() != '' for line in self.ask('capture-pane', '-p').splitlines())
        except (subprocess.CalledProcessError, FileNotFoundError, IndexError) as error:
            raise Failed(f'{" ".join(side.words)} ended by itself') from error
        finally:
            self.end()
        if drawn < (10 if side.name == 'peer' else 40):    # atop shows only those that do something
            raise Failed(f'{drawn} lines on a screen of 50')
        return Cost(cpu_ms, peak_mib=int(peak[1]) / 1024)


def instructions(load, side, low, high):
    """Millions of user instructions of one refresh: the same each time, whatever the machine does."""
    counts = []
    for number in low, high:
        words = [word.replace('{n}', str(number)) for word in side.words]
        done = subprocess.run([*load.enter, 'env', *(f'{n}={v}' for n, v in side.variables.items()), 'valgrind',
                               '--tool=callgrind', '--callgrind-out-file=/dev/null', *words],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        collected = re.search(r'Collected : (\d+)', done.stderr)
        if done.returncode or not collected:
            raise Failed(f'valgrind: exit {done.returncode}: {done.stderr.strip()[-200:]}')
        counts.append(int(collected[1]))
    return Cost((counts[1] - counts[0]) / (high - low) / 1e6)
