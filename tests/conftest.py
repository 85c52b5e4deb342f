"""One small synthetic store for the whole run; a test that writes takes a copy of it.

``pytest -m "not full"`` is the ordinary run: tests that draw their examples draw a quarter
of them (`tests.drawing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from smartreco.entities import OPERATOR, Principal, Role
from tests import homes
from tests.drawing import draw

if TYPE_CHECKING:
    from smartreco.workspace import Workspace

DEMO_PASSWORD = "demo-for-tests"
BROWSER = Path(__file__).parent / "browser"


pytest_addoption = homes.pytest_addoption


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples are drawn, and keep the order of files among several processes.

    By itself xdist begins with the files of the most tests, and so tears journeys apart: each
    return to them would start the application and the browser anew.
    """
    draw(full=config.option.markexpr != "not full")
    config.option.loadscopereorder = False
    homes.begin(config)


def pytest_unconfigure() -> None:
    """Leave no server behind."""
    homes.end()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come first: their files take longest, short ones fill the end evenly."""
    items.sort(key=lambda item: BROWSER not in item.path.parents)


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a closed store with demo data, a fitted model and demo accounts: never opened."""
    from smartreco.config import Settings
    from smartreco.dataset.synthetic import SyntheticSettings
    from smartreco.workspace import Workspace

    small = SyntheticSettings(retailers=40, products=80, vendors=6, months=9, seed=11)
    folder = tmp_path_factory.mktemp("small")
    workspace = Workspace.open(Settings(db=folder / "store.duckdb", demo_password=DEMO_PASSWORD))
    workspace.data.make_demo(OPERATOR, small)
    workspace.models.refresh()
    workspace.close()
    return folder


def opened(folder: Path) -> Workspace:
    """A ready workspace on the store in a folder."""
    from smartreco.config import Settings
    from smartreco.workspace import Workspace

    workspace = Workspace.open(
        Settings(db=folder / "store.duckdb", demo_password=DEMO_PASSWORD, refit_after=None)
    )
    workspace.prepare()
    return workspace


def opened_copy(small_store: Path, folder: Path) -> Workspace:
    """A ready workspace on a copy of the small store."""
    return opened(homes.copy_folder(small_store, folder))


@pytest.fixture(scope="session")
def shared_workspace(
    small_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """A ready workspace for tests that only read."""
    workspace = opened_copy(small_store, tmp_path_factory.mktemp("shared"))
    yield workspace
    workspace.close()


@pytest.fixture
def workspace(small_store: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A ready workspace of the test's own."""
    own = opened_copy(small_store, tmp_path / "own")
    yield own
    own.close()


@dataclass(frozen=True)
class Cast:
    """A principal of every role; ``other`` is another shop's retailer."""

    retailer: Principal
    other: Principal
    vendor: Principal
    product_manager: Principal
    analyst: Principal
    admin: Principal

    def of(self, role: Role) -> Principal:
        """The principal of a role."""
        found: Principal = getattr(self, role.value)
        return found


@pytest.fixture(scope="session")
def cast(shared_workspace: Workspace) -> Cast:
    """People of the small store, bound to two shops with orders and one vendor."""
    catalogue = shared_workspace.models.current.catalogue
    shop, other = catalogue.retailers["retailer_id"].iloc[:2]
    vendor = catalogue.products["vendor_id"].dropna().iloc[0]
    return Cast(
        retailer=Principal("asha", "Asha", Role.RETAILER, retailer_id=shop),
        other=Principal("omar", "Omar", Role.RETAILER, retailer_id=other),
        vendor=Principal("vik", "Vik", Role.VENDOR, vendor_id=vendor),
        product_manager=Principal("mira", "Mira", Role.PRODUCT_MANAGER),
        analyst=Principal("ana", "Ana", Role.ANALYST),
        admin=Principal("adi", "Adi", Role.ADMIN),
    )
