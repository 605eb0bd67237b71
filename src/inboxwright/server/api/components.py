"""The JSON of the native API as JSON Schema (2020-12)."""

from typing import Any

from inboxwright.server.fault_kinds import KINDS

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_FLAG = {"type": "boolean"}
_TIME = {"type": "string", "format": "date-time"}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": required | optional}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _maybe(schema: dict[str, Any]) -> dict[str, Any]:
    return schema | {"type": [schema["type"], "null"]}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


_SUMMARY = {
    "seq": _NUMBER | {"description": "The server's own order: strictly increasing, never used twice."},
    "id": _TEXT | {"description": "Of the message; several recipients have the same."},
    "recipient": _TEXT | {"description": "The envelope recipient."},
    "run": _maybe(_TEXT),
    "sender": _TEXT | {"description": "The envelope sender; empty for a bounce."},
    "from": _TEXT,
    "subject": _TEXT,
    "received_at": _TIME,
    "size": _NUMBER,
}
_RULE = {"kind": {"type": "string", "enum": list(KINDS)}, "address": _TEXT}
_RULE_FIELDS = {
    "count": _maybe(_NUMBER) | {"description": "How often at most; null until it is removed."},
    "skip": _NUMBER | {"description": "How many times it lets pass first."},
    "at": {"type": "string", "enum": ["rcpt", "data"], "description": "refuse"},
    "code": _NUMBER | {"minimum": 400, "maximum": 599, "description": "refuse"},
    "text": _TEXT | {"description": "refuse: the reply after its code, with an enhanced code of its own."},
    "delay": _NUMBER | {"description": "greylist, delay, reorder: milliseconds."},
    "copies": _NUMBER | {"description": "duplicate"},
    "window": _NUMBER | {"description": "reorder: this many messages arrive in the reverse order."},
    "when": {"type": "string", "enum": ["before", "after"], "description": "drop: before or after storing."},
    "part": {"type": "string", "enum": ["boundary", "encoding", "charset", "header", "truncate"]},
}

COMPONENTS: dict[str, dict[str, Any]] = {
    "Error": _object({"error": _TEXT}),
    "Refusal": _object({"recipient": _TEXT, "code": _NUMBER, "reason": _TEXT}),
    "MessageSummary": _object(_SUMMARY),
    "MessageList": _object({"messages": _list(_ref("MessageSummary")), "head": _NUMBER}, refused=_ref("Refusal")),
    "Link": _object({"url": _TEXT, "text": _TEXT, "best": _FLAG}),
    "Attachment": _object({"number": _NUMBER, "name": _TEXT, "content_type": _TEXT, "size": _NUMBER, "inline": _FLAG}),
    "Message": _object(
        _SUMMARY
        | {
            "to": _TEXT,
            "cc": _TEXT,
            "said": {
                "type": "object",
                "additionalProperties": _TEXT,
                "description": "Beside the addresses: auth, username (RFC 4954), ret, envid, notify, orcpt (RFC 3461).",
            },
            "date": _TEXT,
            "text": _TEXT,
            "has_html": _FLAG,
            "links": _list(_ref("Link")),
            "codes": _list(_TEXT),
            "attachments": _list(_ref("Attachment")),
        }
    ),
    "Recipients": _object({"recipients": _list(_object({"address": _TEXT, "count": _NUMBER, "last_seq": _NUMBER}))}),
    "Deletion": _object({}, addresses=_list(_TEXT), run=_TEXT, seqs=_list(_NUMBER))
    | {"minProperties": 1, "maxProperties": 1},
    "Deleted": _object({"deleted": _NUMBER}),
    "FaultRule": _object(_RULE, **_RULE_FIELDS) | {"additionalProperties": False},
    "Fault": _object(_RULE | {"id": _TEXT, "hits": _NUMBER}, **_RULE_FIELDS),
    "Faults": _object({"faults": _list(_ref("Fault"))}),
    "Dialogues": _object(
        {
            "dialogues": _list(
                _object(
                    {
                        "number": _NUMBER,
                        "peer": _TEXT,
                        "open": _FLAG,
                        "lines": _list(
                            _object(
                                {
                                    "ago": _NUMBER | {"description": "Milliseconds."},
                                    "by": {"type": "string", "enum": ["client", "server", "note"]},
                                    "text": _TEXT,
                                }
                            )
                        ),
                    }
                )
            )
        }
    ),
    "Info": _object(
        {
            "version": _TEXT,
            "store": _TEXT | {"description": "Another one: numbers from before mean nothing."},
            "smtp": {"type": "array", "prefixItems": [_TEXT, _NUMBER]},
            "head": _NUMBER,
            "messages": _NUMBER,
            "deliveries": _NUMBER,
            "bytes": _NUMBER,
            "max_message_size": _NUMBER,
            "max_storage": _maybe(_NUMBER),
            "retention": {"type": ["number", "null"]},
        }
    ),
}
