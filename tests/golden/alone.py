"""For tests among processes that nobody else sees: they become process 1 of a namespace, and make what they need."""
import os
import subprocess
import sys
import time

KNOWN = os.path.abspath(os.environ.get('KNOWN', os.path.join(os.environ.get('PROGRAMS', 'build-asan/tests'), 'known')))
ALONE = 'VIRES_TEST_ALONE'
everyone = []


def go_alone():
    """Starts the test anew as process 1, where lists stand still and which no signal leaves. False when it may not."""
    if ALONE not in os.environ and os.geteuid() == 0 and subprocess.run(
            ['unshare', '-p', '-f', '-m', 'true'], check=False, stderr=subprocess.DEVNULL).returncode == 0:
        os.environ[ALONE] = 'yes'
        for name in 'VIRES', 'VIRES_PLAIN', 'PROGRAMS':
            if name in os.environ:
                os.environ[name] = os.path.abspath(os.environ[name])
        os.execvp('unshare', ['unshare', '-p', '-f', '--kill-child', '--mount-proc', sys.executable, *sys.argv])
    return os.environ.get(ALONE) == 'yes'


class Process:
    """One that end_all ends. `ready`: it writes a line when it is made."""

    def __init__(self, *command, ready=False, **more):
        more.setdefault('stdout', subprocess.PIPE if ready else None)
        self.process = subprocess.Popen(command, **more)
        self.line = self.process.stdout.readline().decode() if ready else ''
        self.pid = str(self.process.pid)
        everyone.append(self)

    def end(self):
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def ended_by(self):
        """The signal that ended it, or None."""
        try:
            return -self.process.wait(10)
        except subprocess.TimeoutExpired:
            return None


def end_all():
    for process in everyone:
        process.end()


def known(*words):
    return Process(KNOWN, *words, ready=True)


def wait_until(holds):
    """Until it holds, for what another process does; at most 10 seconds."""
    end = time.monotonic() + 10
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
