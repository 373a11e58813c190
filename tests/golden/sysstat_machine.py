"""A machine of three moments for the tests of sar and sadf, and the old sar as it looks at it."""
import os
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from golden import ENV, Result, case, fill, pin_command, run, sysstat, tree, vires

MEMINFO = '''MemTotal:        8000000 kB
MemFree:         {free} kB
MemAvailable:    {available} kB
Buffers:            {buffers} kB
Cached:           736312 kB
SwapCached:         1234 kB
Active:           811875 kB
Inactive:         492500 kB
SwapTotal:       2097000 kB
SwapFree:        {swap_free} kB
Dirty:            {dirty} kB
AnonPages:        371111 kB
Slab:              95684 kB
KernelStack:        5120 kB
PageTables:         7777 kB
Committed_AS:    {commit} kB
VmallocUsed:       14444 kB
HugePages_Total:      20
HugePages_Free:       {huge_free}
HugePages_Rsvd:        2
HugePages_Surp:        1
Hugepagesize:       2048 kB
'''


def machine(step):
    """Two CPUs, one disk and one partition of it; the third moment is two seconds behind the second."""
    seconds = (0, 1, 3)[step]
    cpus = [(1000 + 33 * seconds, 50 + 2 * seconds, 700 + 11 * seconds, 9000 + 41 * seconds, 30 + 3 * seconds, 5 + seconds,
             6 + 2 * seconds, 7 + 7 * seconds, 11 + 3 * seconds, 2 + seconds),
            (2000 + 7 * seconds, 60, 800 + 5 * seconds, 8000 + 80 * seconds, 40 + 4 * seconds, 3 + seconds, 4 + seconds,
             5 + 2 * seconds, 0, 0)]
    lines = [' '.join(map(str, numbers)) for numbers in ([sum(both) for both in zip(*cpus)], *cpus)]
    pressure = 'some avg10={0}.12 avg60={0}.34 avg300=0.56 total={1}\n'
    vmstat = {'pgpgin': 4255189 + 100 * seconds, 'pgpgout': 5128236 + 5 * seconds, 'pswpin': 12345 + 3 * seconds,
              'pswpout': 54321 + 40 * seconds, 'pgfault': 700000 + 1234 * seconds, 'pgmajfault': 100 + seconds,
              'pgfree': 800000 + 4321 * seconds, 'pgscan_kswapd': 500 + 50 * seconds, 'pgscan_direct': 100 + 10 * seconds,
              'pgsteal_anon': 100 + 5 * seconds, 'pgsteal_file': 300 + 40 * seconds}
    return {
        'proc/uptime': f'{5000 + seconds}.00 9000.00\n',
        'proc/stat': f'cpu  {lines[0]}\ncpu0 {lines[1]}\ncpu1 {lines[2]}\nintr 5 1 2\nctxt {2804528 + 777 * seconds}\n'
                     f'btime 1795269572\nprocesses {152745 + 13 * seconds}\nprocs_running 3\nprocs_blocked {step}\n'
                     'softirq 5 1 4\n',
        'proc/vmstat': 'nr_free_pages 1234\n' + ''.join(f'{key} {value}\n' for key, value in vmstat.items()),
        'proc/meminfo': MEMINFO.format(free=2345500 + step, available=4213000 + 3 * step, buffers=9160 + 100 * step,
                                       swap_free=2026125 - 1000 * step, dirty=step * 44, commit=9000000 + 123456 * step,
                                       huge_free=10 - step),
        'proc/loadavg': f'0.5{step} 1.25 2.5{step} {3 + step}/{200 + 5 * step} 4242\n',
        'proc/pressure/cpu': pressure.format(step, 1000000 + 250000 * seconds),
        'proc/pressure/io': pressure.format(step, 1000000 + 500000 * seconds) + pressure.format(
            2 * step, 1000 + 50000 * seconds).replace('some', 'full'),
        'proc/pressure/memory': pressure.format(3 * step, 70 + 10000 * seconds) + pressure.format(
            step, 1000 + 5000 * seconds).replace('some', 'full'),
        'proc/diskstats': f'   8 0 sda {500 + 10 * seconds} 7 {8000 + 160 * seconds} {1000 + 35 * seconds} {300 + 6 * seconds} 3 '
                          f'{4000 + 480 * seconds} {800 + 16 * seconds} 0 {2000 + 130 * seconds} {3000 + 250 * seconds} '
                          f'{20 + 4 * seconds} 3 {100 + 64 * seconds} {6 + 5 * seconds} 5 6\n'
                          '   8 1 sda1 7 0 56 3 2 0 16 1 0 5 6 0 0 0 0 0 0\n',
        'proc/sys/fs/dentry-state': f'99000 {50000 + 10 * step} 45 0 7000 0\n',
        'proc/sys/fs/file-nr': f'{1000 + step} 8 999999\n',
        'proc/sys/fs/inode-state': f'{70000 + step} 300 0 0 0 0 0\n',
        'proc/sys/kernel/pty/nr': f'{step}\n',
        'sys/block/sda/device/type': '0\n',
        'sys/block/sda/queue/type': '0\n',
    }


STEPS = [machine(step) for step in range(3)]


def steps():
    """The same for --root, with what a first line says."""
    names = {'ostype': 'sysname', 'osrelease': 'release', 'hostname': 'nodename', 'arch': 'machine'}
    uname = {f'proc/sys/kernel/{file}': getattr(os.uname(), name) + '\n' for file, name in names.items()}
    return tree({f'{i}/{path}': text for i, files in enumerate(STEPS) for path, text in (files | uname).items()})


def old_sar(words, lines=4):
    """The old tool, as it looks at files that change as soon as it has said what it saw in the ones before."""
    root = tree(STEPS[0])
    with subprocess.Popen(['unshare', '-m', 'sh', '-c', pin_command(root) + 'exec sar "$@"', 'sar', *words, '1', '2'],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=ENV,
                          bufsize=0) as child:
        out = child.stdout.readline()
        time.sleep(0.2)
        fill(root, STEPS[1])
        out += b''.join(child.stdout.readline() for _ in range(lines - 1))
        time.sleep(0.2)
        fill(root, STEPS[2])
        rest, err = child.communicate(timeout=30)
    return Result(child.returncode, (out + rest).decode(errors='replace'), err.decode(errors='replace'))


def no_files(tool, calls):
    """Recorded files that are not there: the words of the old tool, and its status. That of today may be there."""
    for words in calls:
        ours, name = run(vires(tool, *words)), f'{tool} {" ".join(words)}: a file that is not there'
        if 'Recorded files' in ours.err:
            case(f'{name}: it is', ours.status == 2 and not ours.out, ours)
            continue
        case(name, ours.status == 2 and not ours.out and ours.err.startswith('Cannot open /') and
             ours.err.splitlines()[0].endswith(': No such file or directory'), ours)
        if sysstat(tool):
            theirs = run([tool, *words])
            case(f'{name}, as Debian says it', theirs.status == 2 and ours.err.startswith(theirs.err), ours, theirs)
