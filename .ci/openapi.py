"""Reads an OpenAPI document: its operations and, field by field, the shape of their requests and responses."""

import json
import re
from pathlib import Path

METHODS = ["get", "put", "post", "delete", "patch"]
# A schema that holds itself is described once.
MAX_DEPTH = 12


class BadDocument(Exception):
    pass


class Document:
    def __init__(self, path):
        try:
            self.whole = json.loads(Path(path).read_text())
        except (OSError, ValueError) as error:
            raise BadDocument(f"{path}: {error}") from error
        if not isinstance(self.whole, dict) or not isinstance(self.whole.get("paths"), dict):
            raise BadDocument(f"{path}: not an OpenAPI document: it has no paths")

    def operations(self):
        """Those that take an API key or an OAuth2 token, by method and path."""
        found = {}
        for path, item in self.whole["paths"].items():
            for method in METHODS:
                operation = item.get(method)
                if not isinstance(operation, (dict, type(None))):
                    raise BadDocument(f"{method.upper()} {path} is not an operation")
                if operation and {"roblox-api-key", "roblox-oauth2"} & set(credentials(operation)):
                    shared = item.get("parameters", [])
                    found[(method.upper(), path)] = {**operation, "parameters": shared + operation.get("parameters", [])}
        return found

    def target(self, thing):
        """What a reference leads to."""
        while isinstance(thing, dict) and "$ref" in thing:
            node = self.whole
            for part in thing["$ref"].lstrip("#/").split("/"):
                node = node.get(part.replace("~1", "/").replace("~0", "~"), {})
            thing = node
        return thing

    def merged(self, schema):
        """A schema without references and `allOf`; siblings of a reference are merged."""
        parts = []
        if "$ref" in schema:
            parts.append(self.merged(self.target({"$ref": schema["$ref"]})))
        parts += [self.merged(part) for part in schema.get("allOf", [])]
        parts.append({name: value for name, value in schema.items() if name not in ("$ref", "allOf")})
        merged = {}
        for part in parts:
            properties = {**merged.get("properties", {}), **part.get("properties", {})}
            required = required_names(merged) | required_names(part)
            merged.update(part)
            if properties:
                merged["properties"] = properties
            merged["required"] = sorted(required)
        return merged

    def fields(self, schema, place="", required=True, depth=0, seen=()):
        """Yields each field with its facts: `items[].id`, a map's values as `{}`."""
        name = schema.get("$ref", "")
        full = self.merged(schema)
        kinds = full.get("type", "object" if "properties" in full else "any")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        options = [option for option in full.get("oneOf") or full.get("anyOf") or full.get("x-oneOf") or [] if isinstance(option, dict)]
        null = full.get("nullable", False) or "null" in kinds
        null = null or any(self.merged(option).get("type") == "null" for option in options)
        kinds = [kind for kind in kinds if kind != "null"]
        facts = {"type": " or ".join(kinds) + (f" ({full['format']})" if full.get("format") else "")}
        facts["required"] = "yes" if required else "no"
        facts["may be null"] = "yes" if null else "no"
        facts["values"] = [str(value) for value in full.get("enum", []) if value is not None]
        for limit in ["default", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern"]:
            if limit in full:
                facts[limit] = json.dumps(full[limit])
        yield place, facts, full
        if depth >= MAX_DEPTH or name and name in seen:
            return
        seen = (*seen, name) if name else seen
        inner = required_names(full)
        for field, part in full.get("properties", {}).items():
            here = f"{place}.{field}" if place else field
            yield from self.fields(part, here, field in inner, depth + 1, seen)
        if isinstance(full.get("items"), dict):
            yield from self.fields(full["items"], place + "[]", True, depth + 1, seen)
        if isinstance(full.get("additionalProperties"), dict) and full["additionalProperties"]:
            yield from self.fields(full["additionalProperties"], place + "{}", True, depth + 1, seen)
        for number, option in enumerate(options):
            if self.merged(option).get("type") != "null":
                yield from self.fields(option, f"{place}<{number + 1}>", required, depth + 1, seen)

    def body(self, content):
        """The first schema of JSON, or of anything else."""
        for kind in sorted(content, key=lambda kind: (kind != "application/json", "json" not in kind)):
            return content[kind].get("schema", {})
        return None


def required_names(schema):
    """Some schemas say `required: true` of themselves, which means nothing."""
    names = schema.get("required", [])
    return set(names) if isinstance(names, list) else set()


def credentials(operation):
    """The names of the credentials that an operation takes; `none` if it needs none."""
    return sorted({name for way in operation.get("security", []) for name in way or {"none": []}})


def scopes(operation):
    named = [scope["name"] for scope in operation.get("x-roblox-scopes", [])]
    named += [scope for way in operation.get("security", []) for scope in way.get("roblox-oauth2", [])]
    return sorted(set(named))


def limit(operation, owner):
    """Such as `100/MINUTE`."""
    known = operation.get("x-roblox-rate-limits", {}).get(owner)
    return f"{known['maxInPeriod']}/{known['period']}" if known else ""


def shape(path):
    """A path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)
