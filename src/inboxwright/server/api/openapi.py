"""The OpenAPI 3.1 document, made from the table of endpoints."""

import re
from collections.abc import Sequence
from typing import Any

from inboxwright.server.api.components import COMPONENTS
from inboxwright.server.api.endpoint import Endpoint
from inboxwright.server.auth import OPEN_PATHS

_VARIABLE = re.compile(r"{(\w+)}")
_NUMBERS = {"seq", "number"}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 10**19 - 1}


def document(endpoints: Sequence[Endpoint], version: str) -> dict[str, Any]:
    """Every endpoint, and nothing else."""
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "inboxwright serve",
            "version": version,
            "description": "Mail received for end-to-end tests. Tag `mailpit` is the part of Mailpit's API that its "
            "clients use; the rest is inboxwright's own.",
        },
        "security": [{"bearer": []}, {"basic": []}, {"query": []}],
        "paths": paths,
        "components": {
            "schemas": COMPONENTS,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic", "description": "Any user; the token is the password."},
                "query": {"type": "apiKey", "in": "query", "name": "token"},
            },
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    variables = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0, "maximum": 10**19 - 1}
            if name in _NUMBERS
            else {"type": "string"},
        }
        for name in _VARIABLE.findall(endpoint.path)
    ]
    asked = [
        {"name": query.name, "in": "query", "description": query.about, "schema": query.schema}
        for query in endpoint.query
    ]
    operation: dict[str, Any] = {
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "operationId": f"{endpoint.method.lower()}{re.sub(r'[^a-z0-9]+', '_', endpoint.path.lower())}".rstrip("_"),
        "parameters": variables + asked,
        "responses": {str(endpoint.status): _response(endpoint), "default": _error()},
    }
    if endpoint.about:
        operation["description"] = endpoint.about
    if endpoint.body:
        operation["requestBody"] = {"required": True, "content": {"application/json": _schema(endpoint.body)}}
    if endpoint.path in OPEN_PATHS:
        operation["security"] = []
    return operation


def _response(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.socket:
        return {"description": "Switching to the websocket protocol"}
    if "/" in endpoint.returns:
        return {"description": endpoint.summary, "content": {endpoint.returns: {}}}
    return {"description": endpoint.summary, "content": {"application/json": _schema(endpoint.returns)}}


def _schema(name: str) -> dict[str, Any]:
    return {"schema": {"$ref": f"#/components/schemas/{name}"}}


def _error() -> dict[str, Any]:
    return {"description": "What was wrong", "content": {"application/json": _schema("Error")}}
