"""Files named after their content, so that a page never meets an old copy."""
import hashlib


def digest(content):
    """Twelve letters that stand for a content, for a file's name."""
    return hashlib.sha256(content).hexdigest()[:12]


def write_named(folder, stem, text, ending="js"):
    """Write a file whose name holds its checksum; older ones of this stem go. Its name."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{stem}.{digest(text.encode())}.{ending}"
    for old in folder.glob(f"{stem}.{'?' * 12}.{ending}"):
        if old.name != name:
            old.unlink()
    if not (folder / name).is_file():
        (folder / name).write_text(text, "utf8")
    return name
