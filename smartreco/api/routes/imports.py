"""Bring data in by upload: look, rehearse, import in the background, mend what was set aside."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Form, Path, Query, UploadFile
from pydantic import Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Administrator, Asked
from smartreco.api.later import ACCEPTED, accepted
from smartreco.api.paging import Page, Paged
from smartreco.api.routes.import_shapes import Batch, Job, Looked, job, looked
from smartreco.api.shapes import Answer, Question, sent
from smartreco.api.tables import Table, table
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.entities import Provenance
from smartreco.errors import InputError, NotFoundError
from smartreco.workspace.importing.views import ColumnMapping, Files, ImportOptions
from smartreco.workspace.wording import words

LARGEST: Final = 2**31 - 1
LONGEST: Final = 200
LONGEST_MAPPING: Final = 20_000
CSV: Final = "text/csv; charset=utf-8"
CSVS: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/csv": {}}}}
MAPPING: Final = TypeAdapter(dict[str, dict[str, str]])
USUAL: Final = SyntheticSettings()

Number = Annotated[int, Path(ge=1, le=LARGEST, description="Its number.", examples=[1])]
Upload = Annotated[UploadFile | None, File(description="CSV, Parquet or XLSX.")]
FileKind = Annotated[str, Query(max_length=LONGEST, description="Which file.", examples=["orders"])]


class Uploads:
    """What a request with files holds: read once, whatever is then done with it."""

    def __init__(
        self, orders: Upload = None, products: Upload = None, retailers: Upload = None,
        vendors: Upload = None, stock: Upload = None, promotions: Upload = None,
        calendar: Upload = None,
        mapping: Annotated[
            str,
            Form(max_length=LONGEST_MAPPING, description="JSON: by kind, our column to the "
                 'file\'s, such as {"orders": {"order_id": "Invoice"}}.', examples=["{}"]),
        ] = "{}",
    ) -> None:  # fmt: skip
        given = {
            "orders": orders, "products": products, "retailers": retailers, "vendors": vendors,
            "stock": stock, "promotions": promotions, "calendar": calendar,
        }  # fmt: skip
        self._given = {kind: file for kind, file in given.items() if file is not None}
        self._mapping = mapping

    def files(self) -> Files:
        """Names and bytes by kind."""
        return {
            kind: (file.filename or kind, file.file.read()) for kind, file in self._given.items()
        }

    def mapping(self) -> ColumnMapping:
        """Which column is which, where the header does not tell.

        Raises
        ------
        InputError
            It is not JSON of that form.
        """
        try:
            return MAPPING.validate_json(self._mapping)
        except ValidationError as error:
            raise InputError(
                "a mapping is a JSON object of columns by kind", "something else", "correct it"
            ) from error


class Wish:
    """How to import; unset ones come from the data held, or from the file."""

    def __init__(
        self,
        name: Annotated[str | None, Form(max_length=LONGEST)] = None,
        currency: Annotated[str | None, Form(max_length=3, description="ISO 4217.")] = None,
        locale: Annotated[str | None, Form(max_length=20)] = None,
        strict: Annotated[bool, Form(description="Refuse a file with any bad value.")] = False,
        tolerant: Annotated[bool, Form(description="Set bad values aside, however many.")] = False,
        replace: Annotated[bool, Form(description="Take the place of the data there.")] = False,
    ) -> None:
        self.options = ImportOptions(name, currency, locale, strict, tolerant)
        self.replace = replace


Given = Annotated[Uploads, Depends()]
Wished = Annotated[Wish, Depends()]


class Held(Answer):
    """The data set in the store."""

    name: str = Field(examples=["Iowa liquor"])
    currency: str = Field(examples=["USD"])
    locale: str = Field(examples=["en_US"])
    provenance: Provenance
    lines: int = Field(description="Order lines.", examples=[450_000])


class DemoQuestion(Question):
    """How large the demo data are to be."""

    retailers: int = Field(default=USUAL.retailers, ge=1, le=20_000)
    products: int = Field(default=USUAL.products, ge=5, le=50_000)
    vendors: int = Field(default=USUAL.vendors, ge=1, le=5_000)
    months: int = Field(default=USUAL.months, ge=1, le=120)
    seed: int = Field(default=USUAL.seed, ge=0, le=LARGEST)
    confirm: str | None = Field(
        default=None, max_length=LONGEST, description="Name of the data set that goes."
    )


class Reason(Answer):
    """Rows of one file under one reason."""

    kind: str = Field(examples=["orders"])
    file: str = Field(examples=["orders.csv"])
    reason: str = Field(examples=["quantity.zero"])
    outcome: str = Field(description="fixed or quarantined.", examples=["quarantined"])
    sentence: str
    rows: int = Field(examples=[5])
    mendable: bool


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/imports", tags=["administration"])
    _beginning(router)
    _following(router)
    _looking_back(router)
    return router


def _beginning(router: APIRouter) -> None:
    @router.get("/held", summary="The data set in the store")
    def held(asked: Administrator) -> Held:
        """Its name is what an import with `replace` confirms."""
        info = asked.workspace.info()
        if info is None:
            raise NotFoundError("a store holds data", "an empty store", "import orders first")
        return Held(
            name=info.name, currency=info.currency, locale=info.locale,
            provenance=info.provenance, lines=info.lines,
        )  # fmt: skip

    @router.post("/look", summary="What files hold")
    def look(asked: Administrator, given: Given) -> Looked:
        """Proposes which column is which; nothing is cleaned or written."""
        found = asked.workspace.imports.look(asked.principal, given.files(), given.mapping())
        return looked(found)

    @router.post("/rehearsals", status_code=202, summary="Rehearse an import",
                 response_model=Job, responses=ACCEPTED)  # fmt: skip
    def rehearse(request: Request, asked: Administrator, given: Given, wish: Wished) -> Response:
        """All that an import does, and nothing written: the account of every row."""
        number = asked.workspace.imports.begin_dry_run(
            asked.principal, given.files(), given.mapping(), wish.options, replace=wish.replace
        )
        return _begun(request, asked, number)

    @router.post("", status_code=202, summary="Import files", response_model=Job,
                 responses=ACCEPTED)  # fmt: skip
    def begin(
        request: Request, asked: Administrator, given: Given, wish: Wished,
        confirm: Annotated[
            str | None,
            Form(max_length=LONGEST, description="With replace: the name of the set that goes."),
        ] = None,
    ) -> Response:  # fmt: skip
        """In the background, then fitted; all is written or nothing."""
        number = asked.workspace.imports.begin(
            asked.principal, given.files(), given.mapping(), wish.options, replace=wish.replace,
            confirm=confirm,
        )  # fmt: skip
        return _begun(request, asked, number)

    @router.post("/demo", status_code=202, summary="Make demo data", response_model=Job,
                 responses=ACCEPTED)  # fmt: skip
    def make_demo(request: Request, asked: Administrator, question: DemoQuestion) -> Response:
        """In the background, then fitted."""
        settings = SyntheticSettings(
            retailers=question.retailers, products=question.products, vendors=question.vendors,
            months=question.months, seed=question.seed,
        )  # fmt: skip
        number = asked.workspace.imports.make_demo(
            asked.principal, settings, confirm=question.confirm
        )
        return _begun(request, asked, number)


def _following(router: APIRouter) -> None:
    @router.get("/jobs/latest", summary="The import that runs, else the last")
    def latest(asked: Administrator) -> Job:
        """Of this process."""
        return _state(asked, None)

    @router.get("/jobs/{number}", summary="How far an import is")
    def state(asked: Administrator, number: Number) -> Job:
        """And what it came to."""
        return _state(asked, number)


def _looking_back(router: APIRouter) -> None:
    @router.get("/batches", summary="Imports so far")
    def batches(asked: Administrator, page: Page) -> Paged[Batch]:
        """The newest first."""
        found, total = asked.workspace.imports.batches(asked.principal, page.limit, page.offset)
        return page.of([Batch.model_validate(one) for one in found], total)

    @router.get("/batches/{number}/reasons", summary="Why rows were fixed or set aside")
    def reasons(asked: Administrator, number: Number) -> list[Reason]:
        """Counted by file and reason."""
        found = asked.workspace.imports.reasons(asked.principal, number)
        return [Reason.model_validate(one) for one in found]

    @router.get("/batches/{number}/rows", summary="Rows that were fixed or set aside",
                response_model=Table)  # fmt: skip
    def rows(
        asked: Administrator, number: Number, page: Page,
        reason: Annotated[str | None, Query(max_length=LONGEST)] = None,
    ) -> Response:  # fmt: skip
        """As they came."""
        found, total = asked.workspace.imports.quarantine(
            asked.principal, number, reason, page.limit, page.offset
        )
        return sent(table(found, page, total=total))

    @router.get("/batches/{number}/quarantine", summary="Rows to mend", responses=CSVS,
                response_class=Response)  # fmt: skip
    def quarantine(
        asked: Administrator, number: Number, kind: FileKind = "orders",
        whole: Annotated[
            bool, Query(description="Also those that no change puts right.")
        ] = False,
    ) -> Response:  # fmt: skip
        """A CSV in the file's own columns: mend it and import it again."""
        made = asked.workspace.imports.quarantine_file(asked.principal, number, kind, whole=whole)
        return _csv(made, "quarantine.csv")

    @router.get("/templates/{kind}", summary="An empty file", responses=CSVS,
                response_class=Response)  # fmt: skip
    def template(
        asked: Administrator, kind: Annotated[str, Path(max_length=LONGEST, examples=["orders"])]
    ) -> Response:
        """A header and one row as an example."""
        return _csv(asked.workspace.imports.template(asked.principal, kind), "template.csv")


def _begun(request: Request, asked: Asked, number: int) -> Response:
    return accepted(request, _state(asked, number), f"/imports/jobs/{number}")


def _state(asked: Asked, number: int | None) -> Job:
    found = asked.workspace.imports.state(asked.principal, number)
    if found is None:
        raise NotFoundError(
            "something is or was being imported", "nothing since the start", "begin an import"
        )
    return job(found, words(asked.workspace))


def _csv(made: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=CSV, headers=headers)
