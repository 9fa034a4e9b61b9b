"""The whole built site as one file to unpack and open without a network; the site's page "Take it along" has it from then on.

    python tools/site_zip.py
"""
import shutil
import sys
import tempfile
from pathlib import Path

import whole

sys.path.insert(0, str(whole.ROOT / "book" / "_ext"))

from fourteen_steps import offline, take_along

FOLDER = "fourteen-steps"  # what is unpacked is one folder


def write(site, generated):
    """The file: what the pages of the site need, and nothing else of what a build leaves behind."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / FOLDER
        for name in (name for names in offline.needed(site).values() for name in names):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(site / name, copy / name)
        take_along.fill(copy)  # it does not list itself
        offline.write_worker(copy)
        made = shutil.make_archive(str(Path(temporary) / "made"), "zip", temporary, FOLDER)
        generated.mkdir(exist_ok=True)
        return Path(shutil.move(made, generated / offline.SITE_ZIP))


def main():
    """Write it, and say where it is."""
    target = write(whole.SITE, whole.GENERATED)
    take_along.carry_later(whole.SITE, whole.GENERATED)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
