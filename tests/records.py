# SPDX-License-Identifier: GPL-2.0-only
"""Records that the tests of mncheck's reports make up. No program of its own."""

import json
from pathlib import Path


def schema_checker(jsonschema, schema: Path):
    """Debian 11's jsonschema does not know the draft that the schema is written for, and takes the newest that it has."""
    text = json.loads(schema.read_text())
    return jsonschema.validators.validator_for(text, default=jsonschema.Draft7Validator)(text)


def step(line: int, text: str = "", **more) -> dict:
    made = {"file": "mm/a.c", "line": line, "col": 2, "func": "f", "depth": 0, "kind": "call", "holds": []}
    return {**made, **({"text": text} if text else {}), **more}


def finding(file: str, func: str, rule: str, message: str, line: int = 10, **more) -> dict:
    steps = [step(line - 1, "'ptl' is taken here", file=file, func=func, kind="lock",
                  holds=["ptl", "atomic"])]
    return {"rule": rule, "id": message, "fingerprint": f"{func}:{rule}:{message}:{more.pop('n', 1)}",
            "file": file, "line": line, "col": 3, "func": func, "text": f"text of {message}", "fix": f"fix of {message}",
            "events": steps, "path": [step(1, file=file, func=func, kind="entry"), *steps], **more}


def unit(file: str, *findings: dict, **more) -> dict:
    return {"file": file, "era": "E", "functions": 10, "wanted": 5, "simulated": 4, "contexts": 3,
            "states": 2, "merged": 1, "steps": 100, "given_up": 0, "excused": [], "silenced": [],
            "trouble": [], "findings": list(findings), "tables": [], **more}


def write(path: Path, *units: dict) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one) + "\n" for one in units))
    return path
