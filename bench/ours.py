"""The program that is measured: what it has and what it says of itself."""

import re
import subprocess

from measure import Skip


class Ours:
    """The program under test: a vires, or a directory of tools with the old names (then peers race themselves)."""

    def __init__(self, path):
        self.path = path
        self.sources = {}
        self.version = '' if path.is_dir() else self.say('--version')
        self.unknown = '' if path.is_dir() else self.say('no-such-tool')

    def say(self, *words):
        done = subprocess.run([self.path, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        return done.stdout

    def words(self, words):
        if self.path.is_dir():
            return [str(self.path / words[0]), *words[1:]]
        return [str(self.path), *words]

    def check(self, tool, source, load):
        """Raises Skip where it cannot run this tool on this source, or would fall back to another one."""
        if self.path.is_dir():
            if source == 'bpf':
                raise Skip(f'{self.path} has one source')
            if not (self.path / tool).exists():
                raise Skip(f'no {tool} in {self.path}')
            return
        if self.say(tool, '--help').replace(tool, 'no-such-tool') == self.unknown:
            raise Skip(f'vires has no {tool}')
        if source == 'bpf' and 'bpf' not in self.version:
            raise Skip('vires --version lists no bpf')
        got = self.used(source, load)
        if got and not got.startswith(source):
            raise Skip(f'told to read from {source}, vires reads from {got}')

    def used(self, source, load):
        """The source that vires says it used inside the load; None while it has no ps to ask."""
        key = (source, load.init)
        if key not in self.sources:
            done = subprocess.run([*load.enter, 'env', f'VIRES_SOURCE={source}', str(self.path), 'ps', '--json'],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  text=True, check=False)
            named = re.search(r'"source":"([^"]*)"', done.stdout)
            self.sources[key] = named and named[1]
        return self.sources[key]
