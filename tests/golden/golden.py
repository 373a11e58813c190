"""For tests that hold vires against Debian's own tools: import it, run cases, end with finish().

$VIRES is the program under test. Both run with LC_ALL=C.UTF-8. Three ways to compare:
- same(...): both print the same, of things that stand still: errors and statuses;
- pinned(...): the old tool sees given files in place of /proc/..., vires the same ones with --root: equal to the byte;
- like(...): both print the same but for numbers that may have moved in between.
"""
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
VIRES = os.environ.get('VIRES', 'build/vires')
PLAIN = os.environ.get('VIRES_PLAIN', VIRES)  # without sanitizers
ENV = dict(os.environ, LC_ALL='C.UTF-8', TZ='UTC', PATH='/usr/bin:/bin:/usr/sbin:/sbin')
count = failed = 0
background = concurrent.futures.ThreadPoolExecutor(8)


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __eq__(self, other):
        return (self.status, self.out, self.err) == (other.status, other.out, other.err)

    def __repr__(self):
        return f'status {self.status}\n--- stdout\n{self.out}--- stderr\n{self.err}'


def run(command, timeout=30, **more):
    more.setdefault('env', ENV)
    done = subprocess.run(command, stdout=more.pop('stdout', subprocess.PIPE), stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, timeout=timeout, **more)
    return Result(done.returncode, (done.stdout or b'').decode(errors='replace'), done.stderr.decode(errors='replace'))


def case(name, passed, *comments):
    """One case; the comments are shown when it fails."""
    global count, failed
    count += 1
    print(f'{"ok" if passed else "not ok"} {count} - {name}', flush=True)
    if not passed:
        failed += 1
        for line in '\n'.join(str(c) for c in comments).splitlines():
            print('#', line)


def skip(name, reason):
    global count
    count += 1
    print(f'ok {count} - {name} # SKIP {reason}', flush=True)


def equal(name, got, expected):
    case(name, got == expected, 'expected:', expected, 'got:', got)


def finish():
    print(f'1..{count}')
    sys.exit(failed > 0)


def skip_all(reason):
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)


def installed(tool, package, version):
    """Whether Debian's own tool is there, in the version that vires follows."""
    return bool(shutil.which(tool, path=ENV['PATH'])) and version in run(
        ['dpkg-query', '-W', '-f', '${Version}', package]).out


def procps(tool):
    return installed(tool, 'procps', ':4.0.2-')


def sysstat(tool):
    return installed(tool, 'sysstat', '12.6.1-')


def vires(tool, *words):
    return [VIRES, tool, *words]


def vires_for_others(tool, *words):
    """The same, where every user may run it: the build may lie in a folder that is root's alone."""
    if not copies:
        copies.append(tempfile.TemporaryDirectory(prefix='vires-golden.'))
        os.chmod(copies[0].name, 0o755)
        shutil.copy(VIRES, copies[0].name)
    return [os.path.join(copies[0].name, os.path.basename(VIRES)), tool, *words]


copies = []


def kernel_thread():
    """The pid of kthreadd, or None in a container, which shows none."""
    try:
        with open('/proc/2/comm', encoding='ascii') as comm:
            return '2' if comm.read() == 'kthreadd\n' else None
    except OSError:
        return None


def same(name, tool, words):
    """Both print the same."""
    theirs = background.submit(run, [tool, *words])
    equal(name, run(vires(tool, *words)), theirs.result())


def layout(text):
    """The text with each number, blanks in front included, as long as it was: '  12.50' and ' 112.50' are equal."""
    return re.sub(r' *-?\d[\d.]*', lambda m: '#' * len(m[0]), text)


def like(name, tool, words):
    """Both print the same but for numbers."""
    theirs = background.submit(run, [tool, *words])
    ours, theirs = run(vires(tool, *words)), theirs.result()
    case(name, (ours.status, layout(ours.out), ours.err) == (theirs.status, layout(theirs.out), theirs.err),
         'expected something like:', theirs, 'got:', ours)


def can_pin():
    """Whether this user may put files in place of those of /proc, unseen by others."""
    return run(['unshare', '-m', 'true']).status == 0 if shutil.which('unshare') else False


def tree(files):
    """A folder with the given files, {'proc/meminfo': text}; removed at the end of the test."""
    folder = tempfile.TemporaryDirectory(prefix='vires-golden.')
    trees.append(folder)
    fill(folder.name, files)
    return folder.name


trees = []


def fill(folder, files):
    for path, text in files.items():
        whole = os.path.join(folder, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, 'wb') as file:
            file.write(text if isinstance(text, bytes) else text.encode())


def pin_command(root):
    """Shell words that lay the files below `root` over those of the machine, for whoever follows behind."""
    words = 'mount -t tmpfs tmpfs /run && ' if os.path.isdir(f'{root}/run') else ''
    if os.path.isdir(f'{root}/sys/block'):
        words += f'mount --bind {root}/sys/block /sys/block && '
    for folder, _, names in os.walk(root):
        for name in names:
            file = os.path.join(folder, name)
            place = '/' + os.path.relpath(file, root)
            if place.startswith('/run/'):
                words += f'cp {file} {place} && '
            elif place.startswith('/proc/'):
                words += f'mount --bind {file} {place} && '
    return words


def wait_until_it_is(child, tool):
    """Until a shell has become the tool."""
    while child.poll() is None:
        with open(f'/proc/{child.pid}/comm', encoding='utf-8', errors='replace') as comm:
            if comm.read() == f'{tool}\n':
                return
        time.sleep(0.01)


def pinned_old(tool, words, root, later=(), env=ENV):
    """What the old tool prints with the files below `root` in place of the kernel's. After each of the times in
    `later`, [(seconds, files)], counted from its start, the files change."""
    with subprocess.Popen(['unshare', '-m', 'sh', '-c', pin_command(root) + 'exec "$@"', 'sh', tool, *words],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=env) as child:
        if later:
            wait_until_it_is(child, tool)
        for seconds, files in later:
            time.sleep(seconds)
            fill(root, files)
        out, err = child.communicate(timeout=30)
    return Result(child.returncode, out.decode(errors='replace'), err.decode(errors='replace'))


def pinned(name, tool, words, files, compare=lambda result: result, env=ENV):
    """The old tool and vires say the same of the same files, or what `compare` leaves of it."""
    root = tree(files)
    theirs = background.submit(pinned_old, tool, words, root, env=env)
    equal(name, compare(run(vires(tool, *words, '--root', root), env=env)), compare(theirs.result()))


def pinned_steps(name, tool, words, steps, compare=lambda result: result):
    """The same of files that change once a second: a list of {path: text}. Pass words with a delay of one second."""
    ours = tree({f'{i}/{path}': text for i, files in enumerate(steps) for path, text in files.items()})
    later = [(0.5 if i == 0 else 1, files) for i, files in enumerate(steps[1:])]
    theirs = background.submit(pinned_old, tool, words, tree(steps[0]), later)
    mine = compare(run(vires(tool, *words, '--root', ours)))
    result = compare(theirs.result())
    for _ in range(2):    # on a busy machine it may have looked too late
        result = result if result == mine else compare(pinned_old(tool, words, tree(steps[0]), later))
    equal(name, mine, result)


def full_disk(name, tool, words):
    """Writing to a full disk: the words and the status of the old tool."""
    with open('/dev/full', 'w', encoding='ascii') as full:
        ours = run(vires(tool, *words), stdout=full)
        equal(name, ours, run([tool, *words], stdout=full))


def valgrind(name, tool, words):
    """No leak, no wrong access."""
    if not shutil.which('valgrind'):
        skip(name, 'valgrind is not installed')
    elif b'__asan_init' in open(PLAIN, 'rb').read():
        skip(name, 'the program is built with ASan; $VIRES_PLAIN names none without')
    else:
        done = run(['valgrind', '-q', '--leak-check=full', '--error-exitcode=99', PLAIN, tool, *words], timeout=60, env=dict(ENV, VIRES_SOURCE='proc'))
        case(name, done.status != 99 and not done.err, done)


def closed_pipe(name, tool, words):
    """Nobody reads any more: the program ends quietly."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, 'w', encoding='ascii') as pipe:
        equal(name, run(vires(tool, *words), stdout=pipe), Result(0, '', ''))
