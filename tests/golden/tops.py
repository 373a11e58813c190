"""Made machines on which vires top is held against top of procps-ng 4.0.2."""
import os
import re
import tempfile

from golden import ENV, background, equal, run, tree, vires

# Trees on a tmpfs: that lists what it has from the newest to the oldest, other file systems in no order.
if os.path.ismount('/dev/shm'):
    tempfile.tempdir = '/dev/shm'

# No settings of whoever runs the test.
HOME = tempfile.TemporaryDirectory(prefix='vires-top.')
ENV.update(HOME=HOME.name, TERM='dumb')
for name in ('XDG_CONFIG_HOME', 'COLUMNS', 'LINES'):
    ENV.pop(name, None)


def names():
    return run(['top', '-O']).out.split()


class Home(tempfile.TemporaryDirectory):
    """A HOME with procps's settings file of top in it."""

    def __init__(self, text):
        super().__init__(prefix='vires-top.')
        os.makedirs(f'{self.name}/.config/procps')
        with open(f'{self.name}/.config/procps/toprc', 'w', encoding='latin-1') as file:
            file.write(text)


def settings(shown, sort='%CPU', **more):
    """A HOME in which top shows these columns."""
    home = tempfile.TemporaryDirectory(prefix='vires-top.')
    homes.append(home)
    every = names()
    order = [f for f in shown] + [f for f in every if f not in shown]
    places = [every.index(f) for f in order] + list(range(len(every), 100))
    codes = [(place + 37) << 1 | (i < len(shown)) for i, place in enumerate(places)]
    window = '\tfieldscur=' + ''.join(f' {code:4}' + (' \n' if i % 20 == 19 else '') for i, code in enumerate(codes))
    window += (f'\twinflags={more.get("flags", 193844)}, sortindx={every.index(sort)}, maxtasks=0, graph_cpus=0, '
               'graph_mems=0, double_up=0, combine_cpus=0, core_types=0\n'
               '\tsummclr=1, msgsclr=1, headclr=3, taskclr=1\n')
    os.makedirs(f'{home.name}/.config/procps')
    with open(f'{home.name}/.config/procps/toprc', 'w', encoding='ascii') as file:
        file.write("top's Config File (Linux processes with windows)\n"
                   'Id:k, Mode_altscr=0, Mode_irixps=1, Delay_time=3.0, Curwin=0\n' +
                   ''.join(name + window for name in ('Def', 'Job', 'Mem', 'Usr')) +
                   f'Fixed_widest=0, Summ_mscale=1, Task_mscale=0, Zero_suppress={more.get("zeros", 0)}, '
                   'Tics_scaled=0\n\n')
    return dict(ENV, HOME=home.name)


homes = []

STAT = '''cpu  100 200 300 4000 50 6 7 8 0 0
cpu0 50 100 150 2000 25 3 3 4 0 0
cpu1 50 100 150 2000 25 3 4 4 0 0
intr 1 0
ctxt 5000
btime 1700000000
processes 900
procs_running 1
procs_blocked 0
softirq 10 0
'''
with open('/proc/cpuinfo', encoding='ascii') as cpuinfo:  # top wants all of it
    CPUINFO = cpuinfo.read()
MEMINFO = '''MemTotal:       24684084 kB
MemFree:        23715888 kB
MemAvailable:   24213132 kB
Buffers:            9160 kB
Cached:           736312 kB
SwapCached:            0 kB
Shmem:              8872 kB
Slab:              90000 kB
SReclaimable:      45684 kB
SwapTotal:       2097148 kB
SwapFree:        2096124 kB
'''


def process(pid, comm='known', **more):
    """The files of one process, {'proc/123/stat': text}; values as the kernel writes them."""
    get = more.get
    pages = {key: get(key, value) for key, value in
             dict(size=2000, resident=500, shared=300, text=20, data=100, dirty=0).items()}
    stat = [pid, f'({comm})', get('state', 'S'), get('ppid', 1), pid, pid, get('tty', 0), get('tpgid', -1),
            get('flags', 0x400100), get('minflt', 100), 11, get('majflt', 5), 6, get('utime', 1234), get('stime', 567),
            get('cutime', 100), get('cstime', 50), get('priority', 20), get('nice', 0), get('threads', 1), 0,
            get('start', 5000), pages['size'] * 4096, pages['resident'], 18446744073709551615, 1, 1, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 17, get('cpu', 1), get('rtprio', 0), get('policy', 0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    uids, gids = get('uids', [0, 0, 0, 0]), get('gids', [0, 0, 0, 0])
    status = (f'Name:\t{comm}\nUmask:\t0022\nState:\t{get("state", "S")} (x)\nTgid:\t{pid}\nNgid:\t0\nPid:\t{pid}\n'
              f'PPid:\t{get("ppid", 1)}\nTracerPid:\t0\nUid:\t' + '\t'.join(map(str, uids)) + '\nGid:\t' +
              '\t'.join(map(str, gids)) + f'\nFDSize:\t64\nGroups:\t{get("groups", "")} \n')
    if pages['size']:
        status += (f'VmPeak:\t{pages["size"] * 4} kB\nVmSize:\t{pages["size"] * 4} kB\nVmLck:\t{get("locked", 0)} kB\n'
                   f'VmPin:\t0 kB\nVmHWM:\t{pages["resident"] * 4} kB\nVmRSS:\t{pages["resident"] * 4} kB\n'
                   f'RssAnon:\t{get("anon", 800)} kB\nRssFile:\t{pages["shared"] * 4 - get("shmem", 200)} kB\nRssShmem:\t{get("shmem", 200)} kB\n'
                   f'VmData:\t{pages["data"] * 4 - 132} kB\nVmStk:\t132 kB\nVmExe:\t20 kB\nVmLib:\t1600 kB\nVmPTE:\t40 kB\n'
                   f'VmSwap:\t{get("swap", 12)} kB\n')
    status += f'Threads:\t{get("threads", 1)}\nSigQ:\t0/1\nvoluntary_ctxt_switches:\t1\nnonvoluntary_ctxt_switches:\t1\n'
    files = {
        'stat': ' '.join(map(str, stat)) + '\n',
        'statm': '{size} {resident} {shared} {text} 0 {data} {dirty}\n'.format(**pages),
        'status': status,
        'cmdline': get('cmdline', f'/usr/bin/{comm}\0--flag\0value\0'),
        'comm': comm + '\n',
        'cgroup': get('cgroup', '0::/system.slice/known.service\n'),
        'oom_score': f'{get("oom", 666)}\n',
        'oom_score_adj': f'{get("oom_adj", 0)}\n',
        'environ': get('environ', 'HOME=/root\0LANG=C\0'),
        'wchan': get('wchan', 'do_epoll_wait'),
        'loginuid': str(get('login', 4294967295)),
        'autogroup': '/autogroup-41 nice 0\n',
        'io': f'rchar: 1\nwchar: 2\nsyscr: {get("syscr", 33)}\nsyscw: 44\nread_bytes: {get("read", 4500000)}\n'
              'write_bytes: 8192\ncancelled_write_bytes: 0\n',
    }
    return {f'proc/{pid}/{name}': text for name, text in files.items()}


def machine(*processes, **more):
    files = {
        'proc/stat': more.get('stat', STAT),
        'proc/meminfo': more.get('meminfo', MEMINFO),
        'proc/uptime': '98765.43 190000.00\n',
        'proc/loadavg': '0.94 1.21 10.66 1/300 900\n',
        'proc/sys/kernel/pid_max': more.get('pid_max', '32768') + '\n',
        'proc/sys/kernel/osrelease': '6.1.0\n',
        'proc/sys/kernel/ngroups_max': '65536\n',
        'proc/cpuinfo': CPUINFO,
        'proc/version': 'Linux version 6.1.0\n',
        'proc/self/stat': '1 (top) S\n',
        'proc/self/task/1/stat': '',
        'proc/tty/drivers': 'pty_slave            /dev/pts      136 0-1048575 pty:slave\n',
        'run/utmp': '',
        'etc/passwd': 'root:x:0:0::/root:/bin/sh\ndeploy:x:1000:1000::/:/bin/sh\nverylonguser:x:1001:1001::/:/bin/sh\n',
        'etc/group': 'root:x:0:\ndeploy:x:1000:\n',
    }
    for each in reversed(processes):  # tmpfs lists the newest first
        files.update(each)
    return files


def without_clock(result):
    """The first line tells the time of the machine that runs the test, and who is there. Where no time has passed,
    the old top shows all CPUs idle, and vires that it does not know."""
    result.out = re.sub('^(%Cpu|[0-9]+-[0-9]+ *:).*', lambda line: re.sub('[- .0-9]', '#', line[0]), result.out, flags=re.M)
    result.out = re.sub(r'^(top|\d:\w+) - [\d:]*', r'\1 -', result.out, flags=re.M)
    return result


def old_in(root, words, env=ENV):
    """The old top with the tree in place of /proc and /etc/passwd."""
    mounts = (f'mount --bind {root}/proc /proc && mount --bind {root}/etc/passwd /etc/passwd && '
              f'mount --bind {root}/etc/group /etc/group && ')
    return run(['unshare', '-m', 'sh', '-c', mounts + 'exec top "$@"', 'sh', *words], env=env)


def grown(files):
    """The tree; its processes belong to who they say they are, which is where the old top looks."""
    root = tree(files)
    for path, text in files.items():
        if path.endswith('/status'):
            ids = [int(re.search(f'^{key}:\t\\d+\t(\\d+)', text, re.M)[1]) for key in ('Uid', 'Gid')]
            os.chown(os.path.dirname(f'{root}/{path}'), *ids)
    return root


pending = []


def pinned(name, files, words, ours=(), env=None):
    """Both tops see the same machine. They run in the background, until settle()."""
    root = files if isinstance(files, str) else grown(files)
    new = background.submit(run, vires('top', *words, *ours, '--root', root))
    old = background.submit(old_in, root, words, env or ENV)
    pending.append((name, new, old))


def settle():
    for name, new, old in pending:
        equal(name, without_clock(new.result()), without_clock(old.result()))
    pending.clear()
