"""What `pulumi preview --json` prints → steps, whichever of its two forms it has.

One is an object with `steps`; the other, with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true, is one event a line.
Source: `pkg/backend/display/json.go` and `sdk/go/common/apitype/events.go` of pulumi/pulumi.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

HINT = "run `pulumi preview --json --refresh --show-sames | pulumi-identity review`"
STACK = "pulumi:pulumi:Stack"
PROVIDERS = "pulumi:providers:"


class NotAPreviewError(ValueError):
    """The input is not what a preview prints."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"reading the preview: {reason} — {HINT}")


def _or_empty(value: Any) -> Any:
    return {} if value is None else value


Object = Annotated[dict[str, Any], BeforeValidator(_or_empty)]


class State(BaseModel):
    """A resource before or after a step."""

    model_config = ConfigDict(frozen=True)

    custom: bool = False
    """Whether a provider makes it; a component is only a group of others."""
    urn: str = ""
    """What it is called in state: before the step, maybe an alias."""
    id: str = ""
    inputs: Object = {}
    outputs: Object = {}
    protect: bool = False
    retain: bool = Field(default=False, validation_alias="retainOnDelete")
    deleted_with: str = Field(default="", validation_alias="deletedWith")
    """The URN of the resource that takes this one with it: the engine then only forgets this one. The form of events
    doesn't tell."""
    external: bool = False
    """Whether it is only read, as `get` does; the form of events doesn't tell."""
    deleted: bool = Field(default=False, validation_alias="pendingReplacement")
    """Whether an update that broke off has deleted it already. True in a refresh; any step that replaces says so.
    The form of events doesn't tell."""
    depends: Annotated[dict[str, list[str]], BeforeValidator(_or_empty)] = Field(
        default={}, validation_alias="propertyDependencies"
    )
    """Property → the URNs of the resources that its value comes from; the form of events has none."""

    @property
    def needs(self) -> set[str]:
        """The URNs of all resources that it has a value from."""
        return set().union(*self.depends.values())


class Step(BaseModel):
    """One thing that the engine would do to one resource."""

    model_config = ConfigDict(frozen=True)

    op: str
    urn: str
    old: State | None = Field(default=None, validation_alias=AliasChoices("oldState", "old"))
    new: State | None = Field(default=None, validation_alias=AliasChoices("newState", "new"))
    forces: tuple[str, ...] = Field(default=(), validation_alias=AliasChoices("replaceReasons", "keys"))
    """The properties that make it a replacement."""
    detailed: Object = Field(default={}, validation_alias="detailedDiff")
    """The paths that differ, secret ones too."""

    @property
    def skipped(self) -> bool:
        """Whether it is new and this run leaves it out, as with `--target`: no more than its name is told."""
        old = self.old
        return self.op == "same" and old is not None and old.custom and not (old.id or old.inputs or old.outputs)

    @property
    def type(self) -> str:
        """The type token, without those of the components around it."""
        return self.urn.split("::")[2].rpartition("$")[2]

    @property
    def around(self) -> str:
        """The type tokens of the components around it, outermost first."""
        return self.urn.split("::")[2].rpartition("$")[0]

    @property
    def name(self) -> str:
        """The name that the program gives the resource."""
        return self.urn.split("::", 3)[3]


class Diagnostic(BaseModel):
    """What the engine, the program or a provider said."""

    model_config = ConfigDict(frozen=True)

    severity: str
    message: str
    urn: str = ""


class Preview(BaseModel):
    """All of a preview."""

    model_config = ConfigDict(frozen=True)

    steps: tuple[Step, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    summary: Annotated[dict[str, int], BeforeValidator(_or_empty)] = Field(default={}, alias="changeSummary")
    """What is done → to how many resources, unchanged ones under `same`."""
    failed: bool = False
    live: dict[str, State | None] = {}
    """URN → what a refresh found, None where it is gone. Only events tell it at once."""


def read(text: str) -> Preview:
    """Read what a preview printed. NotAPreviewError, in one line, if it is anything else."""
    if not text.strip():
        raise NotAPreviewError("the input is empty, as when the preview could not even begin")
    try:
        return _of(text)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        reason = f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
        raise NotAPreviewError(reason) from None


def _of(text: str) -> Preview:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            reason = f"line {error.lineno:,} is not JSON: {error.msg}"
            raise NotAPreviewError(reason) from None
        return _events([_parsed(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()])
    return _events([document]) if _is_event(document) else _object(document)


def _parsed(number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        reason = f"line {number:,} is not JSON: {error.msg}"
        raise NotAPreviewError(reason) from None


def _object(document: Any) -> Preview:
    if not isinstance(document, dict) or not document.keys() & {"steps", "changeSummary", "diagnostics"}:
        raise NotAPreviewError("this JSON has neither steps nor diagnostics")
    preview = Preview.model_validate({name: value for name, value in document.items() if value is not None})
    _check_urns(preview)
    errors = any(diagnostic.severity == "error" for diagnostic in preview.diagnostics)
    return preview.model_copy(update={"failed": errors})


def _is_event(document: Any) -> bool:
    return isinstance(document, dict) and "sequence" in document


class _StepEvent(BaseModel):
    metadata: Step


class _DiagnosticEvent(Diagnostic):
    prefix: str = ""


class _SummaryEvent(BaseModel):
    result: str = ""
    changes: Annotated[dict[str, int], BeforeValidator(_or_empty)] = Field(
        default={}, validation_alias="resourceChanges"
    )
    preview: bool = Field(default=True, validation_alias="isPreview")


class _Event(BaseModel):
    """One line; it has one of these, or something else that a review has no use for."""

    begun: _StepEvent | None = Field(default=None, validation_alias="resourcePreEvent")
    done: _StepEvent | None = Field(default=None, validation_alias="resOutputsEvent")
    said: _DiagnosticEvent | None = Field(default=None, validation_alias="diagnosticEvent")
    ended: _SummaryEvent | None = Field(default=None, validation_alias="summaryEvent")


def _events(documents: list[Any]) -> Preview:
    if not all(map(_is_event, documents)):
        raise NotAPreviewError("these lines are JSON, but not the engine's events")
    events = [_Event.model_validate(document) for document in documents]
    ended = next((event.ended for event in events if event.ended), None)
    if ended is None:
        raise NotAPreviewError("the events end before the preview does")
    if not ended.preview:
        raise NotAPreviewError("these are the events of an update that has happened")
    done = [event.done.metadata for event in events if event.done]
    preview = Preview(
        steps=tuple(event.begun.metadata for event in events if event.begun),
        diagnostics=tuple(
            Diagnostic(severity=said.severity, message=said.prefix + said.message, urn=said.urn)
            for event in events
            if (said := event.said)
        ),
        changeSummary=ended.changes,
        failed=ended.result == "failed",
        live={step.urn: step.new for step in done if step.op == "refresh"},
    )
    _check_urns(preview)
    return preview


def _check_urns(preview: Preview) -> None:
    for step in preview.steps:
        if step.urn.count("::") < 3:  # noqa: PLR2004  (stack, project, type, name)
            reason = f"a step's URN is {step.urn[:80]!r}"
            raise NotAPreviewError(reason)
