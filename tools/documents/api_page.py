"""Write ``docs/api.md`` from the routes of the API and its messages: ``python -m tools.documents.api_page``."""

import inspect
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from mtc_kiosk.console.api import admission, refusals
from mtc_kiosk.console.api.replays import WIDTH
from mtc_kiosk.console.api.routes import routes
from mtc_kiosk.console.api.spoken import spoken_of
from mtc_kiosk.console.bounds import LARGEST_BODY, WHOLE_WITHIN_S
from mtc_kiosk.console.connections import LARGEST_HEAD
from mtc_kiosk.console.guard import mark_of
from mtc_kiosk.console.lan import LAN_BOUNDS
from mtc_kiosk.record.sealed import LARGEST_FILE
from mtc_kiosk.record.shape import Shape
from mtc_kiosk.sync import wire

PAGE = Path(__file__).parents[2] / "docs" / "api.md"

_HEAD = f"""# What kiosks ask the desk

Version {wire.VERSION}. `python -m tools.documents.api_page` writes this page from the routes and the messages, and a
test fails where it lags.

The desk (`mtc-kiosk console --lan`) answers over HTTPS alone, at port 8426 unless `--lan-port` says otherwise. Kiosks
trust its certificate, byte for byte, and nothing else. Messages are JSON: every field is present, no other is, and each
is of exactly its type; the `Content-Type` of a request is not looked at. An answer that is not good has a status from
400 on and a `Refusal`. No message names a pupil.

A request has {LARGEST_HEAD // 1024} kB of headers at most, states its length, and comes in whole within
{WHOLE_WITHIN_S:.0f} seconds, within {LAN_BOUNDS.whole_when_busy_s:.0f} while others wait. Any other is cut off, or
refused in plain text; so is a body of more than {LARGEST_BODY // 1_000_000} MB, and a request without TLS.

## Every request of an enrolled kiosk

| header | what |
|---|---|
| `{wire.TOKEN_HEADER}` | `Bearer` and the token from `Enrolled` |
| `{wire.DESK_HEADER}` | the `boot` of the desk's `Hello` |
| `{wire.BOOT_HEADER}` | 32 hexadecimal digits, new at each start of the kiosk |
| `{wire.NUMBER_HEADER}` | a number from 1 on that grows by one with each request of that start |
| `{wire.SIGNATURE_HEADER}` | the kiosk's Ed25519 signature, in hexadecimal digits |

Signed are the bytes `mtc_kiosk request` and a line feed, then, with a line feed between them: the method, the path, the
desk's `boot`, the kiosk's boot, the number, and the SHA-256 of the body in hexadecimal digits.

The desk takes each number of each start once. They may come out of order by up to {WIDTH}. A request for an earlier
start of the desk is refused with `{wire.GREET_AGAIN}`: the kiosk asks `GET /api` again, and sends the request once more
with a new number.

| bound | of an enrolled kiosk | of one address, without a token or with a wrong one |
|---|---|---|
| requests a second | {admission.A_SECOND:.0f} | {admission.OF_ADDRESS:.0f} |
| requests at once | {admission.BURST} | {admission.BURST_OF_ADDRESS} |
| bytes of a message | {admission.LARGEST_MESSAGE:,} | {admission.LARGEST_MESSAGE:,} |
| bytes of a record file | {LARGEST_FILE:,} | |

{admission.RECORDS_AT_ONCE} records are taken in at once, and {admission.RECORDS_WAIT} kiosks may wait for that. With
status 429 or 503 the header `Retry-After` says in how many seconds to ask again. Where as many wait as may,
`{wire.AGAIN_HEADER}` says it in milliseconds, for each kiosk a turn later than for the one before.
"""

_OF_OFFICE = """
Other codes are those of what was asked for: `not_enrolled`, `revoked` and `enrolled_again` (401) of a PC that is no
kiosk, or no longer; `wrong_code`, `code_full` and `bad_proof` (403) of a PC that asks to join; 409 with the reason for
a record file that is not kept, by the codes of [sync.md](sync.md#to-receive-mtc-kiosk-sync-receive-folder).
"""


_WELL_KNOWN = {
    r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$": "a UUID in small letters",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$": "a time, `2027-06-07T09:00:00.000Z`",
    r"^[0-9a-f]{32}$": "32 hexadecimal digits in small letters",
    r"^[0-9a-f]{64}$": "64 hexadecimal digits in small letters",
    r"^[0-9a-f]{128}$": "128 hexadecimal digits in small letters",
}


def page() -> str:
    """The whole page."""
    app = Flask("api")
    app.register_blueprint(routes)
    told = ("## Routes\n", *_routes(app), "## Refusals\n", *_refusals(), _OF_OFFICE, "## Messages\n", *_messages())
    return "\n".join((_HEAD, *told)).rstrip("\n") + "\n"


def _routes(app: Flask) -> Iterable[str]:
    yield "| route | who may call it | it takes | it gives | what for |"
    yield "|---|---|---|---|---|"
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{routes.name}.")]
    for rule in sorted(rules, key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        mark, spoken = mark_of(app, rule.endpoint), spoken_of(view)
        who = "enrolled kiosks" if mark.kiosks else f"everybody: {mark.public}"
        (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        gives = f"{spoken.status}: {_named(spoken.gives)}"
        what = inspect.getdoc(view) or ""
        yield f"| `{method} {rule.rule}` | {who} | {_named(spoken.takes)} | {gives} | {' '.join(what.split())} |"
    yield ""


def _named(what: type[Shape] | str | None) -> str:
    if what is None:
        return ""
    return what if isinstance(what, str) else f"[{what.__name__}](#{what.__name__.lower()})"


def _refusals() -> Iterable[str]:
    yield "| code | status | sentence |"
    yield "|---|---|---|"
    for code, (status, sentence) in refusals.WORDS.items():
        said = re.sub(r"\{(\w+)\}", r"(\1)", sentence)
        yield f"| `{code}` | {status} | {said} |"


def _messages() -> Iterable[str]:
    found: dict[str, Mapping[str, Any]] = {}
    for name, schema in wire.json_schemas().items():
        found |= {name: schema, **schema.get("$defs", {})}
    for name in sorted(found, key=lambda name: (name != "Hello", name)):
        schema = found[name]
        about = " ".join(str(schema.get("description", "")).split()).replace("``", "`").replace("None", "`null`")
        yield f"### {name}\n\n{about}\n"
        if "enum" in schema:
            yield f"One of {', '.join(f'`{value}`' for value in schema['enum'])}.\n"
        else:
            yield from ("| field | what it may be |", "|---|---|")
            yield from (f"| `{field}` | {_kind(kind)} |" for field, kind in schema.get("properties", {}).items())
            yield ""


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return f"a list of exactly: {'; '.join(_kind(one) for one in schema['prefixItems'])}"
        return f"a list of {_kind(schema['items'])}{_bounds(schema, 'minItems', 'maxItems', 'entries')}"
    if schema.get("type") == "object":
        ((pattern, values),) = schema.get("patternProperties", {None: schema.get("additionalProperties")}).items()
        names = schema.get("propertyNames", {"pattern": pattern} if pattern else {})
        return f"an object: {_text(names)} -> {_kind(values)}"
    if schema.get("type") == "string":
        return _text(schema)
    plain = {"integer": "a whole number", "boolean": "`true` or `false`", "null": "`null`"}
    return plain[schema["type"]] + _bounds(schema, "minimum", "maximum", "")


def _text(schema: Mapping[str, Any]) -> str:
    if schema.get("pattern") in _WELL_KNOWN:
        return _WELL_KNOWN[schema["pattern"]]
    if "pattern" in schema:
        return f"a text `{schema['pattern'].replace('|', chr(92) + '|')}`"
    return f"a text{_bounds(schema, 'minLength', 'maxLength', 'characters')}"


def _bounds(schema: Mapping[str, Any], least: str, most: str, what: str) -> str:
    said = [f"from {schema[least]}"] if least in schema else []
    said += [f"to {schema[most]}"] if most in schema else []
    return f", {' '.join(said)} {what}".rstrip() if said else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
