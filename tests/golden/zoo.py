"""Processes of many kinds that stand still, for tests that compare lists of processes."""
import ctypes
import os
import pty
import signal
import sys
import threading
import time

PR_SET_NAME = 15
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)


class Zoo:
    """Children of one process; `pids` by kind. All end with us, or at close()."""

    def __init__(self):
        self.pids = {}
        self.masters = []

    def _fork(self, kind, body, fork=os.fork):
        pid = fork()
        if isinstance(pid, tuple):
            pid, master = pid
            if pid:
                self.masters.append(master)
        if pid == 0:
            try:
                libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
                body()
            finally:
                os._exit(1)
        self.pids[kind] = pid
        return pid

    @staticmethod
    def _sleep(*words, name=None, env=None):
        """Becomes a program that waits, with any arguments at all; the reading end of an open pipe is its input."""
        read, _write = os.pipe()
        os.set_inheritable(_write, True)
        os.dup2(read, 0)
        null = os.open('/dev/null', os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        if not words:
            words = (b'sh', b'-c', b'read x', b'waiting')
        os.execve('/bin/sh', [words[0], b'-c', b'read x', *words[1:]] if b'-c' not in words else list(words),
                  env if env is not None else {b'HOME': b'/', b'ODD': b'a\tb\nc'})

    @staticmethod
    def _name(name):
        libc.prctl(PR_SET_NAME, ctypes.c_char_p(name))

    def sleeper(self, kind, *words, before=None, env=None):
        def body():
            if before:
                before()
            self._sleep(*words, env=env)
        return self._fork(kind, body)

    def named(self, kind, name):
        def body():
            self._name(name)
            while True:
                time.sleep(600)
        return self._fork(kind, body)

    def on_terminal(self, kind):
        return self._fork(kind, lambda: self._sleep(b'sh', b'-c', b'read x', kind.encode()), fork=pty.fork)

    def zombie(self, kind):
        return self._fork(kind, lambda: os._exit(0))

    def threads(self, kind):
        def wait(name):
            self._name(name)
            time.sleep(600)

        def body():
            self._name(b'leader')
            for name in (b'one', b'tw) o', b'th\xffree'):
                threading.Thread(target=wait, args=(name,), daemon=True).start()
            time.sleep(600)
        return self._fork(kind, body)

    def wiped(self, kind):
        """One that has overwritten its arguments with nothing."""
        def body():
            with open('/proc/self/stat', encoding='latin-1') as file:
                start, end = map(int, file.read().rsplit(')', 1)[1].split()[45:47])
            with open('/proc/self/mem', 'r+b', buffering=0) as memory:
                memory.seek(start)
                memory.write(bytes(end - start))
            time.sleep(600)
        return self._fork(kind, body)

    def locked(self, kind):
        def body():
            size = 1 << 20
            memory = ctypes.create_string_buffer(size)
            libc.mlock(memory, ctypes.c_size_t(size))
            time.sleep(600)
        return self._fork(kind, body)

    def family(self, kind):
        """A child with two children, the first of them with one."""
        def fork():
            pid = os.fork()
            if pid == 0:
                libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            return pid

        def body():
            if fork() == 0:
                if fork() == 0:
                    self._sleep(b'sh', b'-c', b'read x', b'grandchild')
                self._sleep(b'sh', b'-c', b'read x', b'child')
            time.sleep(0.05)
            if fork() == 0:
                self._sleep(b'sh', b'-c', b'read x', b'second')
            self._sleep(b'sh', b'-c', b'read x', b'parent')
        return self._fork(kind, body)

    def fill(self):
        self.sleeper('plain')
        self.sleeper('no arguments to speak of', b'')
        self.sleeper('many words', b'  lead', b'a  b', b'', b'tab\tbed', b'new\nline', b'esc\x1b[1m', b'\xc3\xa9\xff', b' ')
        self.sleeper('long', b'long', b'x' * 3000)
        self.sleeper('wide', 'weit'.encode(), '世界'.encode() * 30)
        self.sleeper('session', before=os.setsid)
        self.sleeper('nice', before=lambda: os.nice(7))
        self.sleeper('empty environment', env={})
        self.sleeper('stopped')
        self.named('closing', b'a) S 1 2')
        self.named('lines', b'two\nlines')
        self.named('escape', b'\x1b[31mred')
        self.named('broken', b'\xff\xfe bad\x01')
        self.named('broken late', b'ok\x01\xff\x02')
        self.named('letters', 'é世界'.encode())
        self.named('fifteen', b'fifteen-letters')
        self.named('spaces', b' two  blanks ')
        self.zombie('zombie')
        self.on_terminal('terminal')
        self.threads('threads')
        self.locked('locked')
        self.wiped('wiped')
        self.family('family')
        if os.geteuid() == 0:
            for user, kind in ((65534, 'nobody'), (12345, 'nameless')):
                self.sleeper(kind, before=lambda user=user: (os.setgid(user), os.setuid(user)))
            self.sleeper('groups', before=lambda: (os.setgroups([4, 24, 12345]), os.setgid(100), os.setresuid(1, 2, 3)))
            for line in open('/etc/passwd', encoding='utf-8'):
                name, _, user, *_ = line.split(':')
                if len(name) > 8:
                    self.sleeper('long user', before=lambda user=int(user): os.setuid(user))
                    break
            self.sleeper('keen', before=lambda: os.nice(-5))
            self.sleeper('realtime', before=lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(3)))
            self.sleeper('batch', before=lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)))
            self.sleeper('idle', before=lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)))
        time.sleep(0.8)
        os.kill(self.pids['stopped'], signal.SIGSTOP)
        self.listed = ','.join(str(pid) for pid in self.pids.values())
        return self

    def close(self):
        for pid in self.pids.values():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for pid in self.pids.values():
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                pass


if __name__ == '__main__':
    zoo = Zoo().fill()
    print(zoo.listed, flush=True)
    time.sleep(float(sys.argv[1]) if len(sys.argv) > 1 else 3600)
    zoo.close()
