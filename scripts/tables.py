"""What the built program says of its tools, for the checks."""
import os
import re
import subprocess

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VIRES = os.environ.get('VIRES') or os.path.join(HERE, 'build', 'vires')
ENVIRONMENT = {**os.environ, 'LC_ALL': 'C', 'TERM': 'dumb'}


def run(*words):
    """Exit status, stdout and stderr of vires; a tool that does not end within 10 s has status None."""
    try:
        done = subprocess.run([VIRES, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10,
                              errors='replace', env=ENVIRONMENT, check=False)
        return done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        return None, '', 'did not end within 10 s'


def tools():
    return run('--list-tools')[1].split()


def help_text(tool):
    """All that --help says; a tool whose help has sections is asked for all of them."""
    status, text, said = run(tool, '--help')
    if re.search(r'--help <\S*all\S*>', text):
        status, text, said = run(tool, '--help', 'all')
    if status != 0 or not text.strip():
        raise SystemExit(f'{tool} --help: status {status}, {said.strip() or "no text"}')
    return text


def options(text):
    """The options in a help text as {option: takes a value}: lines that begin with blanks, then "-x, --long <value>  words"."""
    found = {}
    for line in text.splitlines():
        if not re.match(r'\s+\S', line):
            continue
        head = re.split(r'\s{2,}|\t', line.strip(), maxsplit=1)[0]
        form = r'(?:^|(?<=[,|\s]))(--?[A-Za-z0-9?][A-Za-z0-9-]*)'
        words = re.findall(form, head) if re.match(r'\S\S?,? ?-|-', head) else []
        rest = re.sub(r'\[[^\]]*\]|(?:^|,\s*)\w(?=,|$)', '', re.sub(form, '', head))
        for word in words:
            found[word] = bool(rest.strip(' ,|'))
    return found
