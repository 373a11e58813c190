"""For lab_*_test: every experiment of some themes holds here, and fails when its own actions are left out."""
import json
import os
import subprocess
import tempfile

VIRES = os.environ.get("VIRES_PLAIN") or os.environ["VIRES"]  # a sanitizer would change what is measured
SKIPPED, HELD = ("SKIP",), ("PASS", "OBSERVED", "INCONCLUSIVE")
cases = 0


def report(name, fine, why=""):
    global cases
    cases += 1
    print(("ok - " if fine else "not ok - ") + name)
    if not fine:
        print("# " + str(why))


def lab(state, *words):
    run = subprocess.run([VIRES, "lab", "--json", "run", *words], capture_output=True, text=True,
                         env={**os.environ, "XDG_STATE_HOME": state})
    return run.returncode, json.loads(run.stdout)["results"] if run.stdout else run.stderr


def check(*themes):
    global cases
    with tempfile.TemporaryDirectory() as state:
        status, held = lab(state, *themes)
        for result in held:
            if result["verdict"] in SKIPPED:
                cases += 1
                print(f"ok - {result['id']} holds # SKIP {result['reason']}")
            else:
                report(f"{result['id']} holds", result["verdict"] in HELD, result)
        report("no FAIL is exit status 0", status == 0, status)
        status, idle = lab(state, "--idle", *themes)
        for result in idle:
            if result["verdict"] not in ("SKIP", "OBSERVED"):
                report(f"{result['id']} fails when it does nothing", result["verdict"] == "FAIL", result)
        report("a FAIL is exit status 1", status == 1, status)
    print(f"1..{cases}")
