"""Fresh interpreters that know less than this one."""
import subprocess
import sys

HIDING = """
import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if {hidden}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Hidden())
"""


def hiding(*packages):
    """Python that hides these packages from what follows it."""
    return HIDING.format(hidden=f'name.partition(".")[0] in {set(packages)}')


def hiding_all_but(*packages):
    """Python that hides whatever is neither of these packages nor of the standard library."""
    return HIDING.format(hidden=f'name.partition(".")[0] not in sys.stdlib_module_names | {set(packages)}')


def run(code, **options):
    """What the code prints in a fresh interpreter; an AssertionError with its errors if it fails."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout
