"""Validate the entry of one person or group, and convert it to the inputs of its resources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pulumi.output import Unknown
from typing_extensions import is_typeddict

from pulumi_identity.provider.failures import MISSING, Failure
from pulumi_identity.provider.schema import Schema, value_at
from pulumi_identity.provider.value_types import ValueKind, alternatives, plain

from . import models
from .models import Account, as_account, as_date
from .people import Group, Person
from .problems import Problem, near
from .sources import path_of

if TYPE_CHECKING:
    from datetime import date

    from pulumi_identity.provider.kinds import Kind

    from .sources import Document, Steps

_AN_ADDRESS = "needs the person's e-mail address; set `email`"
_LONGEST = 60
"""The longest value that a message shows."""


_LATIN = {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
_LATIN |= {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "\u0131": "i"}
_LATIN |= dict.fromkeys("\u00b4\u2018\u2019", "")
"""Letter → its spelling in A to Z, besides the letters whose accents Unicode can separate."""


class Entry(NamedTuple):
    """A person or group of a file, and the file's defaults for people."""

    document: Document
    steps: Steps
    own: Mapping[str, Any]
    defaults: Mapping[str, Any] = {}

    def listed_groups(self) -> list[str]:
        """Return the keys of the person's groups, as the file has them."""
        groups = self.own.get("groups", self.defaults.get("groups"))
        return [key if isinstance(key, str) else "" for key in groups] if isinstance(groups, list) else []

    def place(self, inner: Steps) -> Steps:
        """Return the place of a value in the entry, or in the defaults if the value comes from there."""
        own = not _has(self.defaults, inner) or _has(self.own, inner)
        return (*self.steps, *inner) if own else ("defaults", *inner)

    def add(self, inner: Steps, message: str) -> None:
        """Add an error at a place in the entry."""
        self.document.add(self.place(inner), message)

    def warning(self, inner: Steps, message: str) -> Problem:
        """Return a warning at a place in the entry."""
        steps = self.place(inner)
        return Problem(self.document.file, self.document.line(steps), path_of(steps), message, "warning")


def _has(value: Any, steps: Steps) -> bool:
    for step in steps:
        is_there = (
            step in value if isinstance(value, Mapping) else isinstance(value, list) and step in range(len(value))
        )
        if not is_there:
            return False
        value = value[step]
    return True


# People


def person_of(entry: Entry, today: date) -> Person:
    """Return the person of an entry, with its valid inputs. Add an error to the document for each invalid one.

    Args:
        entry: The entry.
        today: The date with which `ends` is compared.

    Returns:
        The person.
    """
    given = _merged(entry.defaults, entry.own)
    _refuse_unknown(entry, given, models.PERSON_FIELDS)
    user = _user(entry, given)
    groups = _validated(entry, models.PERSON_OWN, _without_empty(given, "groups"), {}).get("groups", [])
    ends = None
    if given.get("ends") is not None and (ends := as_date(given["ends"])) is None:
        entry.add(("ends",), f"{_shown(given['ends'])} is not a date; write YYYY-MM-DD, such as 2026-12-31")
    address = value_at("emails[0].value", user)
    quicksight, quicksight_groups = _quicksight(entry, user, address)
    appstream, stacks = _appstream(entry, user, address)
    ended = ends is not None and today > ends
    return Person(
        key=str(entry.steps[-1]),
        user=user,
        groups=() if ended else tuple(dict.fromkeys(groups)),
        quicksight=None if ended else quicksight,
        quicksight_groups=() if ended else tuple(dict.fromkeys(quicksight_groups)),
        appstream=appstream | {"enabled": False} if ended and appstream is not None else appstream,
        appstream_stacks=() if ended else tuple(dict.fromkeys(stacks)),
        ends=ends,
        ended=ended,
    )


def _user(entry: Entry, given: Mapping[str, Any]) -> dict[str, Any]:
    inputs = {name: given[name] for name in models.USER_INPUTS.inputs if given.get(name) is not None}
    places: dict[str, Steps] = {}
    name = given.get("name")
    if isinstance(name, str):
        inputs["name"], places["name"] = _parts_of(entry, name), ("name",)
    inputs.setdefault("user_name", entry.steps[-1])
    inputs.setdefault("display_name", _display_name(name))
    if given.get("email") is not None:
        if "emails" in inputs:
            entry.add(("email",), "can't be combined with `emails`; remove one of them")
        inputs["emails"], places["emails"] = [{"value": given["email"], "primary": True}], ("email",)
    inputs = {name: value for name, value in inputs.items() if value is not None}
    silent = {"name"} if isinstance(name, str) and "name" not in inputs else set()
    if "name" not in inputs or "display_name" not in inputs:
        silent.add("display_name")  # its default is the name
    return _validated(entry, models.USER_INPUTS, inputs, places, silent=silent, kind=models.USER)


def _parts_of(entry: Entry, name: str) -> dict[str, str] | None:
    """Return the parts of a full name, split at its last space; None for a single word."""
    words = name.split()
    if len(words) > 1:
        return {"given_name": " ".join(words[:-1]), "family_name": words[-1]}
    if words:
        shown = f'{{given_name: {words[0]}, family_name: " "}}'
        entry.add(("name",), f"{_shown(name)} is a single word; write {shown}")
    else:
        entry.add(("name",), "must not be empty")
    return None


def _display_name(name: Any) -> str | None:
    if isinstance(name, Mapping):
        parts = [name.get("given_name"), name.get("middle_name"), name.get("family_name")]
        name = name.get("formatted") or " ".join(part for part in parts if isinstance(part, str))
    return (" ".join(name.split()) or None) if isinstance(name, str) else None


def _account(entry: Entry, name: str) -> Account:
    """Return a person's account in its long form, completed from the defaults."""
    default = entry.defaults.get(name)
    own = as_account(name, entry.own.get(name))
    general = as_account(name, default)
    gives = general.given and not isinstance(default, Mapping)  # a mapping in `defaults` only completes accounts
    given = own.given if name in entry.own else gives
    if own.given is None:
        entry.document.add((*entry.steps, name), _not_an_account(name, entry.own[name]))
    if general.given is None:
        entry.document.add(("defaults", name), _not_an_account(name, default))
    return Account(given, _merged(general.inputs, own.inputs))


def _not_an_account(name: str, value: Any) -> str:
    if name == "quicksight":
        return f"{_shown(value)} is not a role; choose {_one_of(models.ROLES)}{near(value, models.ROLES)}"
    return f"{_shown(value)} must be true, false or a mapping"


def _quicksight(entry: Entry, user: Mapping[str, Any], address: Any) -> tuple[dict[str, Any] | None, list[str]]:
    account = _account(entry, "quicksight")
    if not account.given:
        return None, []
    at: Steps = ("quicksight",)
    known = models.QUICKSIGHT.schema.inputs
    _refuse_unknown(entry, account.inputs, models.QUICKSIGHT_FIELDS, at)
    inputs = {name: value for name, value in account.inputs.items() if name in known and value is not None}
    if inputs.get("identity_type") != "IAM" and "user_name" in user:
        inputs.setdefault("user_name", user["user_name"])
    silent = {"user_name"} if "user_name" not in user and "user_name" not in inputs else set()
    silent |= _set_address(entry, inputs, "email", address, at)
    if "user_role" not in inputs:
        silent.add("user_role")
        entry.add(at, f"has no role; set `user_role` to {_one_of(models.ROLES)}")
    valid = _validated(entry, models.QUICKSIGHT.schema, inputs, {}, at, silent=silent, kind=models.QUICKSIGHT)
    groups = _validated(entry, models.QUICKSIGHT_GROUPS, _without_empty(account.inputs, "groups"), {}, at)
    return valid, groups.get("groups", [])


def _appstream(entry: Entry, user: Mapping[str, Any], address: Any) -> tuple[dict[str, Any] | None, list[str]]:
    account = _account(entry, "appstream")
    if not account.given:
        return None, []
    at: Steps = ("appstream",)
    known = models.APPSTREAM.schema.inputs
    _refuse_unknown(entry, account.inputs, models.APPSTREAM_FIELDS, at)
    inputs = {name: value for name, value in account.inputs.items() if name in known and value is not None}
    silent = _set_address(entry, inputs, "user_name", address, at)
    parts = user.get("name", {})
    for name, part in {"first_name": "given_name", "last_name": "family_name"}.items():
        if name not in account.inputs and isinstance(parts, Mapping) and str(parts.get(part, "")).strip():
            inputs[name] = parts[part]
    valid = _validated(entry, models.APPSTREAM.schema, inputs, {}, at, silent=silent, kind=models.APPSTREAM)
    stacks = _validated(entry, models.APPSTREAM_STACKS, _without_empty(account.inputs, "stacks"), {}, at)
    return valid, stacks.get("stacks", [])


def _set_address(entry: Entry, inputs: dict[str, Any], name: str, address: Any, at: Steps) -> set[str]:
    """Set an input to the person's address, unless the file sets it. Return the inputs that have the default."""
    if name in inputs:
        return set()
    if address:
        inputs[name] = address
    elif not _has(entry.own, ("email",)) and not _has(entry.own, ("emails",)):
        entry.add(at, _AN_ADDRESS)
    return {name}  # the address has its own errors


# Groups


def group_of(entry: Entry) -> Group:
    """Return the group of an entry, with its valid inputs. Add an error to the document for each invalid one.

    Args:
        entry: The entry.

    Returns:
        The group.
    """
    key, given = str(entry.steps[-1]), dict(entry.own)
    _refuse_unknown(entry, given, models.GROUP_FIELDS)
    own = _validated(entry, models.GROUP_OWN, given, {})
    existing = bool(own.get("existing"))
    exists = existing or given.get("group_id") is not None
    inputs = {name: given[name] for name in models.GROUP_INPUTS.inputs if given.get(name) is not None}
    if existing and given.get("group_id") is not None:
        entry.add(("existing",), "can't be combined with `group_id`; remove one of them")
    of_existing = {"adopt", "display_name"} if existing else {"adopt"}  # `adopt` is for the members
    for name in sorted(inputs.keys() - of_existing) if exists else ():
        entry.add((name,), "can't be set for an existing group, because the directory does not change it")
        del inputs[name]
    if existing or not exists:
        inputs.setdefault("display_name", key)
    inputs = _validated(entry, models.GROUP_INPUTS, inputs, {}, silent={"display_name"}, kind=models.GROUP)
    return Group(
        key=key,
        inputs=inputs,
        group_id=own.get("group_id"),
        existing=existing,
        exclusive=own.get("exclusive", not exists),
    )


# Validation


def _validated(
    entry: Entry,
    schema: Schema,
    given: Mapping[str, Any],
    places: Mapping[str, Steps],
    at: Steps = (),
    *,
    silent: Iterable[str] = (),
    kind: Kind | None = None,
) -> dict[str, Any]:
    """Return the valid inputs among those that are given, and add an error for each invalid one.

    Args:
        entry: The entry.
        schema: The inputs.
        given: Their values.
        places: Input → its place in the entry, if the entry has it in a short form.
        at: The steps from the entry to the inputs.
        silent: Inputs whose absence has another error.
        kind: The kind whose rules apply.

    Returns:
        The valid inputs.
    """
    if not given and not schema.required:
        return {}
    valid, failures = schema.validate(given, strict=False)
    failed = {failure.property for failure in failures}.union(silent)
    unknown: Any = Unknown()  # type: ignore[no-untyped-call]
    known = valid | dict.fromkeys(failed, unknown)  # an invalid property breaks no rule
    for rule in kind.rules if kind else ():
        if rule.property not in failed and rule.broken(known):
            failures.append(Failure(rule.property, rule.reason))
    for failure in failures:
        if failure.reason == MISSING and failure.property in silent and not failure.at:
            continue
        inner = places.get(failure.property, (*at, failure.property, *failure.at))
        value: Any = given.get(failure.property)
        for step in failure.at:
            value = value[step] if _has(value, (step,)) else None
        message = _message(failure, schema, value)
        if inner == ("user_name",) and not _has(entry.own, inner):
            message += "; set `user_name`, because the key is not a valid user name"
        entry.add(inner, message)
    return {name: value for name, value in valid.items() if name in given}


def _message(failure: Failure, schema: Schema, value: Any) -> str:
    hint = schema.inputs[failure.property].hint
    options = [option for option in alternatives(plain(hint)) if option is not type(None)]
    words = [str(word) for word in get_args(options[0])]
    if failure.value_kind is ValueKind.ENUMERATION and len(options) == 1 and not failure.at:
        what = "a role" if failure.property == "user_role" else "a known word"
        return f"{_shown(value)} is not {what}; choose {_one_of(words)}{near(value, words)}"
    reason = failure.reason
    if failure.value_kind is ValueKind.KEY and failure.at:
        dicts = [item for option in alternatives(plain(hint)) for item in (option, *get_args(option))]
        fields = [name for item in dicts if is_typeddict(item) for name in item.__annotations__]
        return f"is not a known field{near(failure.at[-1], fields)}" if fields else reason
    if reason == "must be a list" and isinstance(value, str):
        reason += f"; write {_as_list(hint, value)}"
    if failure.property in {"first_name", "last_name"} and isinstance(value, str):
        reason += f"; set `{failure.property}`" + (f" to {latin}" if (latin := _latin(value)) else "")
    shows = isinstance(value, str | int | float) and failure.value_kind is not ValueKind.KEY
    return f"{_shown(value)} {reason}" if shows else reason


def _as_list(hint: Any, value: str) -> str:
    """Return the spelling of a list with the words of a text, or with the text as the value of one item."""
    items = [item for option in alternatives(plain(hint)) for item in get_args(option)]
    return f"[{{value: {value}}}]" if any(map(is_typeddict, items)) else f"[{', '.join(re.split('[, ]+', value))}]"


def _latin(name: str) -> str:
    """Return a name in the letters that AppStream allows; "" if there is no obvious spelling."""
    decomposed = unicodedata.normalize("NFKD", "".join(_LATIN.get(char, char) for char in name))
    plain_name = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^\w\s-]", "", plain_name) if plain_name.isascii() else ""


def _refuse_unknown(entry: Entry, given: Mapping[str, Any], known: Collection[str], at: Steps = ()) -> None:
    for name in given:
        if name not in known:
            entry.add((*at, name), f"is not a known field{near(name, known)}")


def _merged(general: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return values completed from general ones, also in the mappings that both have."""
    if not general:
        return dict(own)
    merged = {**general, **own}
    for name, value in own.items():
        if isinstance(value, Mapping) and isinstance(general.get(name), Mapping):
            merged[name] = _merged(general[name], value)
    return merged


def _without_empty(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return one input, unless it is an empty list."""
    return {name: given[name]} if given.get(name) not in (None, []) else {}


def _one_of(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
