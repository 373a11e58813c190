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


# One form at the beginning of a line of help: -x or --long, then perhaps a value. One in brackets need not be given.
FORM = re.compile(r'(?P<option>--?[A-Za-z0-9?][A-Za-z0-9-]*)'
                  r'(?P<value>(?:\s?=?<[^>]*>|=[^\s,]+|\s=\S+|\s[A-Z][A-Z0-9_]*(?=,|\s\s|$)|\s[a-z]+(?=\s\s|$))?)'
                  r'(?:\s?\[[^\]]*\])*')
BETWEEN = re.compile(r',\s*|\s*\|\s*|\s(?=--)')
BARE = re.compile(r'\w(,\s*|$)')


def options(text):
    """The options in a help text as {option: takes a value}: lines that begin with blanks, then "-x, --long <value>  words"."""
    found = {}
    for line in text.splitlines():
        line, forms, separator = line.rstrip(), {}, re.match(r'\s+', line)
        while separator:
            at = separator.end()
            form = BARE.match(line, at) or FORM.match(line, at)
            if form and form.re is BARE:
                separator = form
                continue
            if not form:
                break
            forms[form['option']] = bool(form['value'])
            separator = BETWEEN.match(line, form.end())
        found.update(dict.fromkeys(forms, any(forms.values())))
    return found
