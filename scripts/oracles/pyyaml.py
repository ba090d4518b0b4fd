"""The safe loader of PyYAML over libyaml, as MkDocs calls it. Reads the table of texts and writes
the rows, both JSON."""

import base64
import datetime
import json
import platform
import sys

import yaml


def number(value):
    text = repr(value)
    return text.replace("e-0", "e-").replace("e+0", "e+") if "e" in text else text


def described(value):
    match value:
        case None:
            return {"kind": "null", "value": None}
        case bool():
            return {"kind": "bool", "value": value}
        case int():
            return {"kind": "int", "value": value if abs(value) <= 2**53 else str(value)}
        case float():
            return {"kind": "float", "value": number(value)}
        case datetime.datetime():
            row = {"kind": "timestamp", "value": instant(value)}
            if value.tzinfo is not None:
                row["offset"] = int(value.utcoffset().total_seconds()) // 60
            return row
        case datetime.date():
            return {"kind": "date", "value": value.isoformat()}
        case bytes():
            return {"kind": "binary", "value": base64.b64encode(value).decode()}
        case str():
            return {"kind": "string", "value": value}
        case list() | tuple():
            return {"kind": "seq", "value": None}
        case _:
            return {"kind": "map", "value": None}


def instant(value):
    if value.tzinfo is not None:
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    text = value.isoformat()
    return (text.rstrip("0") if "." in text else text) + "Z"


def row(text, line, find):
    try:
        read = yaml.load(line + "\n", yaml.CSafeLoader)
    except Exception as error:  # whatever it fails with is the record
        said = (str(error).splitlines() or [""])[0]
        return {"text": text, "kind": "error", "value": None, "error": f"{type(error).__name__}: {said}"}
    found = find(read) if isinstance(read, dict) else []
    if not found:
        return {"text": text, "kind": "none", "value": None}
    described_row = {"text": text, **described(found[0])}
    if len(read) > 1:
        described_row["entries"] = len(read)
    return described_row


table = json.load(sys.stdin)
json.dump(
    {
        "version": f"PyYAML {yaml.__version__}, libyaml {yaml._yaml.get_version_string()}, Python {platform.python_version()}",
        "call": 'yaml.load(line + "\\n", yaml.CSafeLoader)',
        "values": [row(text, f"k: {text}", lambda it: [it["k"]] if "k" in it else []) for text in table["values"]],
        "keys": [row(text, f"{text}: v", lambda it: [k for k, v in it.items() if v == "v"]) for text in table["keys"]],
    },
    sys.stdout,
)
