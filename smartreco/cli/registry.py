"""The commands, in the order in which a new user meets them."""

from smartreco.cli.accounts import ACCOUNTS
from smartreco.cli.backtest import BACKTEST
from smartreco.cli.backup import BACKUP
from smartreco.cli.blend import BLEND
from smartreco.cli.command import Command
from smartreco.cli.demo import DEMO
from smartreco.cli.elasticity import ELASTICITY
from smartreco.cli.evaluate import EVALUATE
from smartreco.cli.fit import FIT
from smartreco.cli.forecast import FORECAST
from smartreco.cli.import_files import IMPORT
from smartreco.cli.move import MOVE
from smartreco.cli.order import ORDER
from smartreco.cli.orders import ORDERS
from smartreco.cli.recommend import RECOMMEND
from smartreco.cli.replenish import REPLENISH
from smartreco.cli.restore import RESTORE
from smartreco.cli.retailer import RETAILER
from smartreco.cli.rules import RULES
from smartreco.cli.scenario import SCENARIO
from smartreco.cli.vendor import VENDOR

COMMANDS: tuple[Command, ...] = (
    DEMO,
    IMPORT,
    FIT,
    RECOMMEND,
    EVALUATE,
    FORECAST,
    BACKTEST,
    ELASTICITY,
    ORDER,
    ORDERS,
    REPLENISH,
    VENDOR,
    SCENARIO,
    RULES,
    BLEND,
    ACCOUNTS,
    RETAILER,
    BACKUP,
    RESTORE,
    MOVE,
)
