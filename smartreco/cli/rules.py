"""``rules``: what holds on every shop's lists, and what a rule would change and cost."""

from __future__ import annotations

import argparse

from smartreco.cli.command import Command, fitted, words
from smartreco.config import Settings
from smartreco.entities import OPERATOR, ListName
from smartreco.language import Language
from smartreco.recommend.rules import KINDS
from smartreco.recommend.rules.effects import Change, RulesPreview
from smartreco.store.rules import RuleSpec
from smartreco.workspace import Workspace
from smartreco.workspace.rule_views import RuleChange, RuleView, rule_words

KIND_WORDS = [kind.replace("_", "-") for kind in KINDS]
LISTS = [name.value for name in ListName]


def _arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="list|add|remove|preview", required=True)
    acts.add_parser("list", help="every rule")
    _rule_arguments(acts.add_parser("add", help="a new rule; it holds at once"))
    acts.add_parser("remove", help="take a rule away").add_argument("number", type=int)
    preview = acts.add_parser(
        "preview", help="what a new rule would do; without one, what each rule there is does"
    )
    _rule_arguments(preview, optional=True)
    preview.add_argument(
        "--without", type=int, metavar="NUMBER", help="what taking a rule away would do"
    )


def _rule_arguments(parser: argparse.ArgumentParser, optional: bool = False) -> None:
    parser.add_argument("kind", choices=KIND_WORDS, nargs="?" if optional else None)
    target = parser.add_mutually_exclusive_group()
    for kind, metavar in (("product", "ID"), ("vendor", "ID"), ("category", "NAME")):
        target.add_argument(f"--{kind}", metavar=metavar, help=f"the {kind} it is about")
    parser.add_argument(
        "--amount", type=float, default=0.0,
        help="boost: spreads of a shop's scores; margin: share; floor and cap: share below 1, "
        "places from 1; diversity: 0 to 1",
    )  # fmt: skip
    parser.add_argument("--push", type=float, help="min-margin: move down by so many spreads")
    parser.add_argument("--list", choices=LISTS, help="one list only (preview: default discover)")
    parser.add_argument("--note", default="", help="why it is there")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    with fitted(settings) as workspace:
        language = words(workspace)
        match arguments.act:
            case "list":
                print(_table(workspace.rules.all(OPERATOR), language))
            case "add":
                rule_id = workspace.rules.add(OPERATOR, _spec(arguments))
                print(f"Rule {rule_id} holds from the next list on")
            case "remove":
                workspace.rules.remove(OPERATOR, arguments.number)
                print(f"Rule {arguments.number} is gone")
            case "preview":
                _preview(arguments, workspace, language)


def _spec(arguments: argparse.Namespace) -> RuleSpec:
    named = [(kind, getattr(arguments, kind)) for kind in ("product", "vendor", "category")]
    kind, target = next(((kind, one) for kind, one in named if one is not None), ("all", ""))
    return RuleSpec(
        arguments.kind.replace("-", "_"), kind, target, arguments.list, arguments.amount,
        arguments.push, note=arguments.note,
    )  # fmt: skip


def _preview(arguments: argparse.Namespace, workspace: Workspace, language: Language) -> None:
    name = ListName(arguments.list or ListName.DISCOVER)
    if arguments.kind is None and arguments.without is None:
        effects = workspace.rules.effects(OPERATOR, name)
        for one in effects:
            print(f"{one.rule.rule_id}. {rule_words(one.rule.spec, one.rule.target, language)}")
            print(_effect(one.effect))
        if not effects:
            print("No rule holds on this list yet")
        return
    changes = [] if arguments.without is None else [RuleChange(arguments.without, None)]
    if arguments.kind is not None:
        changes.append(RuleChange(None, _spec(arguments)))
    print(_effect(workspace.rules.preview(OPERATOR, changes, name)))


def _table(rules: tuple[RuleView, ...], language: Language) -> str:
    if not rules:
        return "No rules yet"
    return "\n".join(
        f"{rule.rule_id:>3}  {'on ' if rule.spec.active else 'off'}  "
        f"{rule.spec.list or 'every list':<10}  {rule_words(rule.spec, rule.target, language)}"
        f"{'  (' + rule.spec.note + ')' if rule.spec.note else ''}"
        for rule in rules
    )


def _effect(effect: RulesPreview) -> str:
    lines = [
        f"   changes {effect.changed:.0%} of {effect.list} lists ({effect.retailers:,} of "
        f"{effect.known:,} shops looked at, {effect.k} lines)",
        _figure("expected orders a list", effect.orders, "{:.3f}"),
        _figure("margin", effect.margin, "{:.1%}"),
        _figure("lines a list", effect.lines, "{:.1f}"),
        _figure("variety", effect.variety, "{:.2f}"),
        f"   score lost {effect.score_lost:.1%}; catalogue on any list "
        f"{effect.coverage[0]:.1%} -> {effect.coverage[1]:.1%}",
    ]
    for title, moved in (("enters", effect.entering), ("leaves", effect.leaving)):
        lines += [f"   {title} {one.lists:,} lists: {one.name}" for one in moved[:5]]
    return "\n".join(line for line in lines if line)


def _figure(name: str, change: Change, form: str) -> str:
    if not change.difference.shops:
        return f"   {name}: not known"
    numbers = (change.before, change.after, change.difference.low, change.difference.high)
    before, after, low, high = map(form.format, numbers)
    return f"   {name} {before} -> {after} (change {low} to {high})"


RULES = Command(
    "rules", "rules on every shop's lists: list, add, remove, preview", _arguments, _run
)
