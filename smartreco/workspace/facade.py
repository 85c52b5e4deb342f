"""The workspace of a process: one open store, one model in place, use cases by subject.

The application starts at once: `open` takes the store, `start` makes what is
missing (first data, a fit) in the background, and `status` says how far it is.
"""

from __future__ import annotations

import threading
from functools import partial

from smartreco.config import Settings
from smartreco.entities import DatasetInfo, Progress, Provenance
from smartreco.errors import SmartRecoError
from smartreco.store import Store
from smartreco.store import dataset as dataset_store
from smartreco.store.request_log import RequestLog
from smartreco.workspace.accounts.keys import ApiKeys
from smartreco.workspace.accounts.people import People
from smartreco.workspace.after.after import After
from smartreco.workspace.blend.blends import Blends
from smartreco.workspace.core import Core, log
from smartreco.workspace.data import Data
from smartreco.workspace.drafts import Drafts
from smartreco.workspace.evaluations import Evaluations
from smartreco.workspace.explaining.explaining import Explaining
from smartreco.workspace.fit_jobs import FitJobs
from smartreco.workspace.forecasts import Forecasts
from smartreco.workspace.importing.imports import Imports
from smartreco.workspace.keeping.keeping import Keeping
from smartreco.workspace.lists import Lists
from smartreco.workspace.models import Models
from smartreco.workspace.operating.quality import DataQuality
from smartreco.workspace.operating.system import System
from smartreco.workspace.order.orders import Orders
from smartreco.workspace.pricing import Pricing
from smartreco.workspace.products import Products
from smartreco.workspace.replenishment import Replenishment
from smartreco.workspace.rules import RuleBook
from smartreco.workspace.scenario.scenarios import Scenarios
from smartreco.workspace.scoreboard.scoreboards import Scoreboards
from smartreco.workspace.series_lines import AHEAD_WEEKS
from smartreco.workspace.series_view import SeriesView
from smartreco.workspace.shelf.stock import Stock
from smartreco.workspace.status import Phase, Status
from smartreco.workspace.tuning.tuning import Tuning
from smartreco.workspace.vendor.demand import VendorDemand
from smartreco.workspace.vendor.reach import VendorReach
from smartreco.workspace.vendor.supply import VendorSupply
from smartreco.workspace.visits.visits import Visits
from smartreco.workspace.watching import Watch


class Workspace:
    """Use cases by subject, one attribute each."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.people = People(core)
        self.visits = Visits(core)
        self.keys = ApiKeys(core, self.people)
        self.system = System(core, self)
        self.models = Models(core)
        self.blends = Blends(core, self.models)
        self.drafts = Drafts(core, self.models)
        self.orders = Orders(core, self.models, self.drafts)
        self.products = Products(core, self.models, self.drafts)
        self.rules = RuleBook(core, self.models)
        self.lists = Lists(core, self.models, self.drafts, self.rules)
        self.explaining = Explaining(core, self.models, self.rules)
        self.after = After(core, self.blends)
        self.data = Data(core, self.models, self.people, self.drafts.steps)
        self.imports = Imports(core, self.data, self.models, self._warm)
        self.quality = DataQuality(core)
        self.keeping = Keeping(core, self.models, self.drafts.steps)
        self.evaluations = Evaluations(core)
        self.scoreboard = Scoreboards(core, self.evaluations)
        self.forecasts = Forecasts(core)
        self.series = SeriesView(core, self.models, self.forecasts)
        self.pricing = Pricing(core)
        self.vendor_demand = VendorDemand(core, self.forecasts)
        self.vendor_reach = VendorReach(core, self.models)
        self.vendor_supply = VendorSupply(core, self.models, self.forecasts)
        self.scenarios = Scenarios(core, self.models, self.forecasts)
        self.stock = Stock(core, self.models, self.rules)
        self.replenishment = Replenishment(core)
        self.tuning = Tuning(core, self.models)
        self.fits = FitJobs(core, self.models)
        self._watch = Watch(core, self.models, self.drafts.steps)
        self._status = Status(Phase.EMPTY)
        self._thread: threading.Thread | None = None
        self._info: tuple[int | None, int, DatasetInfo | None] = (None, 0, None)
        self._closed = False

    @classmethod
    def open(cls, settings: Settings) -> Workspace:
        """Open the store; nothing is fitted yet.

        Raises
        ------
        StoreError
            See `smartreco.store.Store.open`.
        """
        store = Store.open(settings)
        return cls(Core(settings, store, RequestLog(store)))

    @property
    def settings(self) -> Settings:
        """How this process runs."""
        return self.core.settings

    @property
    def store(self) -> Store:
        """The open store."""
        return self.core.store

    def info(self) -> DatasetInfo | None:
        """The data set in the store; None while there is none."""
        changes, (held, version, info) = self.store.changes, self._info
        if changes is not None and changes == held:
            return info
        with self.store.cursor() as cursor:
            present = dataset_store.data_version(cursor)
            if version != present:  # counting lines is work: once a state of the data
                info = dataset_store.read(cursor)
        self._info = (changes, present, info)
        return info

    def demo_mode(self) -> bool:
        """Whether demo accounts exist: as the settings say, else as the data set decides."""
        if self.settings.demo is not None:
            return self.settings.demo
        info = self.info()
        return info is not None and info.provenance in (Provenance.DEMO, Provenance.SAMPLE)

    def status(self) -> Status:
        """How far the workspace is."""
        if self.models.ready and self._status.phase is not Phase.READY:
            return Status(Phase.READY, self._status.progress)
        if not self.models.ready and (doing := self.imports.doing) is not None:
            return Status(Phase.FITTING, doing)  # other data took the place of those there
        return self._status

    def start(self, *, warm: bool = True) -> None:
        """Make what is missing in the background; at once if nothing is.

        Forecasts follow once the workspace is ready, unless not `warm`.
        """
        if self._thread is not None and self._thread.is_alive():
            return
        self._status = Status(Phase.FITTING, Progress(0.0, "Opening the store"))
        self._thread = threading.Thread(
            target=self._prepare, args=(warm,), name="prepare", daemon=True
        )
        self._thread.start()
        if warm:  # an application, not a command
            self.keeping.start()

    def prepare(self) -> None:
        """Do in the foreground what `start` does in the background."""
        self.start(warm=False)
        if self._thread is not None:
            self._thread.join()

    def _prepare(self, warm: bool) -> None:
        try:
            if not self._has_data():
                self._status = Status(Phase.EMPTY)
                return
            self.data.settle_accounts()
            self.models.start(self._report(Phase.FITTING))
            self._status = Status(Phase.READY)
            if warm:
                self._watch.start()
                self._warm()
        except SmartRecoError as error:
            log.error("preparing failed: %s", error)
            self._status = Status(Phase.FAILED, message=str(error))
        except Exception:
            log.exception("preparing failed")
            message = "The data could not be prepared; the log has the details"
            self._status = Status(Phase.FAILED, message=message)
        finally:
            if warm:  # also where another process may yet bring what is missing here
                self._watch.start()

    def _has_data(self) -> bool:
        """Whether there are data, once the first have been made where the settings say so."""
        with self.store.alone("first data"):
            if self.info() is not None:
                return True
            if self.settings.first_data == "none":
                self.people.data_changed(self.demo_mode(), None, None)
                return False
            self.data.make_first(self._report(Phase.MAKING))
            return True

    def _warm(self) -> None:
        for warm, what in (
            (partial(self.forecasts.warm, AHEAD_WEEKS), "forecasts"),
            (self.vendor_reach.warm, "white space"),
            (self.scenarios.warm, "what-ifs"),
        ):
            try:
                warm()
            except SmartRecoError as error:  # too few weeks, say: pages tell who asks
                log.info("no %s ahead: %s", what, error)
            except Exception:
                log.exception("%s could not be made ahead", what)

    def _report(self, phase: Phase):  # type: ignore[no-untyped-def]
        def report(fraction: float, doing: str) -> None:
            self._status = Status(phase, Progress(fraction, doing))

        return report

    def close(self) -> None:
        """Wait for background work, write what is pending, let the store go."""
        if self._closed:
            return
        self._closed = True
        if self._thread is not None:
            self._thread.join()
        self._watch.close()
        self.keeping.close()
        self.imports.close()
        self.tuning.close()
        self.fits.close()
        self.scoreboard.close()
        self.vendor_reach.close()
        self.models.close()
        self.core.requests.flush()
        self.store.close()
