"""Faults over HTTP."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inboxwright.address import normal
from inboxwright.server.api.context import Context
from inboxwright.server.api.endpoint import Endpoint, Query, found, json_object
from inboxwright.server.fault_kinds import Rule, RuleError


class FaultRules:
    """The endpoints of one server."""

    def __init__(self, context: Context) -> None:
        self._faults = context.faults

    def _asked(self, request: Request) -> list[Rule]:
        address = request.query_params.get("address")
        return self._faults.all(None if address is None else normal(address))

    def _find(self, request: Request) -> Rule:
        number = request.path_params["id"]
        return found(self._faults.get(number), f"fault {number}")

    async def add(self, request: Request) -> Response:
        """From JSON."""
        try:
            rule = self._faults.add(await json_object(request))
        except RuleError as error:
            raise HTTPException(400, str(error)) from error
        return JSONResponse(rule.as_json(), status_code=201)

    async def list(self, request: Request) -> Response:
        """All, or those of one address."""
        return JSONResponse({"faults": [rule.as_json() for rule in self._asked(request)]})

    async def read(self, request: Request) -> Response:
        """With its hits."""
        return JSONResponse(self._find(request).as_json())

    async def remove(self, request: Request) -> Response:
        """One."""
        return JSONResponse({"deleted": self._faults.remove([self._find(request)])})

    async def clear(self, request: Request) -> Response:
        """All, or those of one address."""
        return JSONResponse({"deleted": self._faults.remove(self._asked(request))})

    def endpoints(self) -> Sequence[Endpoint]:
        """The table of them."""
        address = Query(name="address", about="Only those made for exactly this address or pattern.")
        about = "Address: exact, or a pattern with `*` and `?`. Durations are milliseconds."
        return (
            Endpoint(
                method="POST", path="/v1/faults", tag="faults", handler=self.add, body="FaultRule",
                returns="Fault", status=201, summary="Break the mail of an address on purpose", about=about,
            ),
            Endpoint(
                method="GET", path="/v1/faults", tag="faults", handler=self.list, query=(address,),
                returns="Faults", summary="The faults, and how often each was applied",
            ),
            Endpoint(
                method="DELETE", path="/v1/faults", tag="faults", handler=self.clear, query=(address,),
                returns="Deleted", summary="End faults",
            ),
            Endpoint(
                method="GET", path="/v1/faults/{id}", tag="faults", handler=self.read, returns="Fault",
                summary="One fault",
            ),
            Endpoint(
                method="DELETE", path="/v1/faults/{id}", tag="faults", handler=self.remove, returns="Deleted",
                summary="End one fault",
            ),
        )  # fmt: skip
