"""The image's recipe: linted and read here; nothing here builds it."""

from __future__ import annotations

import fnmatch
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from smartreco import __version__
from smartreco.config import PROJECT

DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]


def requirements(name: str) -> dict[str, str]:
    """Package -> version of a file of pins."""
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    pins = [line.split("#")[0].split(" --hash")[0].strip() for line in lines]
    found = [Requirement(pin) for pin in pins if pin and not pin.startswith("-")]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in found}


def test_hadolint_finds_nothing() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [str(hadolint), str(PROJECT / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_last_stage_builds_nothing_and_is_nobody() -> None:
    assert not re.search(r"apt-get|pip install|gcc|curl", LAST_STAGE)
    assert re.search(r"^USER 10001:10001$", LAST_STAGE, re.MULTILINE)
    assert LAST_STAGE.index("USER ") < LAST_STAGE.index("CMD [")
    assert re.search(r"^STOPSIGNAL SIGTERM$", LAST_STAGE, re.MULTILINE)
    assert "HEALTHCHECK" in LAST_STAGE
    assert f'version="{__version__}"' in LAST_STAGE


def test_base_images_are_pinned_to_a_patch() -> None:
    assert re.search(r"^ARG PYTHON=3\.1[12]\.\d+-slim-\w+$", DOCKERFILE, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"python:${PYTHON}"}
    for service in composed()["services"].values():
        assert re.fullmatch(r"[\w/-]+:\d+(\.\d+)+[\w.-]*", service["image"])


def test_no_secret_is_written_into_image_or_compose() -> None:
    texts = DOCKERFILE + (PROJECT / "compose.yaml").read_text(encoding="utf-8")
    for name in re.findall(r"(\w*(?:PASSWORD|TOKEN|SECRET)\w*)\s*[:=]\s*(?!\$)\S", texts):
        assert name in ("POSTGRES_PASSWORD",), name  # its message: "set POSTGRES_PASSWORD"
    assert not re.search(r"://\w+:(?!\$\{)[^@\s]+@", texts)


def test_what_the_image_copies_is_let_through_and_nothing_else() -> None:
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    assert "*" in ignored
    let = [line[1:] for line in ignored if line.startswith("!")]
    sources = [
        source.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    for source in sources:
        assert (PROJECT / source).exists(), source
        assert any(fnmatch.fnmatch(name, source + "*") for name in let), source
    for name in let:
        assert any(name.startswith(source) for source in sources), f"{name} is not copied"


def composed() -> dict[str, Any]:
    text = (PROJECT / "compose.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@pytest.mark.parametrize("name", ["app", "database", "embedded"])
def test_a_service_may_do_little(name: str) -> None:
    service = composed()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"]
    assert "privileged" not in service


def test_the_app_waits_for_a_healthy_database_that_nobody_else_reaches() -> None:
    services, networks = composed()["services"], composed()["networks"]
    assert services["app"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in services["database"]["healthcheck"]["test"][1]
    assert services["database"]["networks"] == ["inside"]
    assert networks["inside"]["internal"] is True
    assert "ports" not in services["database"]


def test_secrets_come_from_the_environment_and_their_lack_is_said() -> None:
    services = composed()["services"]
    assert services["database"]["environment"]["POSTGRES_PASSWORD"].startswith(
        "${POSTGRES_PASSWORD:?"
    )
    assert "${POSTGRES_PASSWORD:?" in services["app"]["environment"]["SMARTRECO_STORE"]


def test_the_embedded_variant_needs_no_database_and_shares_no_volume() -> None:
    services = composed()["services"]
    assert services["embedded"]["profiles"] == ["embedded"]
    assert "SMARTRECO_STORE" not in services["embedded"]["environment"]
    assert "depends_on" not in services["embedded"]
    assert services["embedded"]["volumes"] != services["app"]["volumes"]


def test_the_lock_pins_with_a_hash_what_is_required_and_what_was_tried() -> None:
    locked, required = requirements("requirements.lock"), requirements("requirements.txt")
    assert {name: locked.get(name) for name in required} == required
    lines = (PROJECT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"\S+==\S+ --hash=sha256:[0-9a-f]{64}", pin) for pin in pins)
    assert {name: version(name) for name in required} == required  # what these tests run with
