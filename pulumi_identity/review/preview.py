"""Read the JSON of `pulumi preview --json` as steps, in both of its forms.

One form is an object with `steps`. The other form, with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true, has one event per
line.
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
    """Raised if the input is not the output of a preview."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"reading the preview: {reason} — {HINT}")


def _replace_none(value: Any) -> Any:
    return {} if value is None else value


Object = Annotated[dict[str, Any], BeforeValidator(_replace_none)]


class ResourceState(BaseModel):
    """The state of a resource before or after a step."""

    model_config = ConfigDict(frozen=True)

    custom: bool = False
    """Whether a provider manages the resource. A component only groups other resources."""
    urn: str = ""
    """The URN in state. Before the step, it can be an alias."""
    parent: str = ""
    """The URN of the parent: a component or the stack."""
    id: str = ""
    inputs: Object = {}
    outputs: Object = {}
    protect: bool = False
    retain: bool = Field(default=False, validation_alias="retainOnDelete")
    deleted_with: str = Field(default="", validation_alias="deletedWith")
    """The URN of a resource whose deletion also deletes this one. The engine then only removes this one from state.
    Events lack this field."""
    external: bool = False
    """Whether the program only reads the resource, as with `get`. Events lack this field."""
    deleted: bool = Field(default=False, validation_alias="pendingReplacement")
    """Whether an interrupted update already deleted the resource. Only a refresh step shows this reliably, because
    every replacement step sets the field. Events lack it."""
    depends: Annotated[dict[str, list[str]], BeforeValidator(_replace_none)] = Field(
        default={}, validation_alias="propertyDependencies"
    )
    """Property → the URNs of the resources that provide its value. Events lack this field."""


class Step(BaseModel):
    """One operation of the engine on one resource."""

    model_config = ConfigDict(frozen=True)

    op: str
    urn: str
    before: ResourceState | None = Field(default=None, validation_alias=AliasChoices("oldState", "old"))
    after: ResourceState | None = Field(default=None, validation_alias=AliasChoices("newState", "new"))
    forces: tuple[str, ...] = Field(default=(), validation_alias=AliasChoices("replaceReasons", "keys"))
    """The properties that force a replacement."""
    detailed: Object = Field(default={}, validation_alias="detailedDiff")
    """The paths that differ, including paths of secrets."""

    @property
    def skipped(self) -> bool:
        """Whether the resource is new and the preview leaves it out, as with `--target`. The step has only a name."""
        state = self.before
        return (
            self.op == "same" and state is not None and state.custom and not (state.id or state.inputs or state.outputs)
        )

    @property
    def type(self) -> str:
        """The type token, without the tokens of its components."""
        return self.urn.split("::")[2].rpartition("$")[2]

    @property
    def components(self) -> str:
        """The type tokens of its components, outermost first."""
        return self.urn.split("::")[2].rpartition("$")[0]

    @property
    def name(self) -> str:
        """The name of the resource in the program."""
        return self.urn.split("::", 3)[3]

    @property
    def internal(self) -> bool:
        """Whether the step belongs to the stack itself or to a provider."""
        return self.type == STACK or self.type.startswith(PROVIDERS)


class Diagnostic(BaseModel):
    """A message from the engine, the program or a provider."""

    model_config = ConfigDict(frozen=True)

    severity: str
    message: str
    urn: str = ""


_ECHOES = {"preview failed", "an unhandled error occurred: program exited with non-zero exit code: 1"}
"""Engine messages that only repeat an earlier error."""


class Preview(BaseModel):
    """A whole preview."""

    model_config = ConfigDict(frozen=True)

    steps: tuple[Step, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    summary: Annotated[dict[str, int], BeforeValidator(_replace_none)] = Field(default={}, alias="changeSummary")
    """Operation → number of resources. Unchanged resources count under `same`."""
    failed: bool = False
    live: dict[str, ResourceState | None] = {}
    """URN → the resource that a refresh found, or None if AWS no longer has it. Only events have this."""

    @property
    def stack(self) -> str:
        """`project/stack`, or "" if no step contains it."""
        stacks = [step.urn.removeprefix("urn:pulumi:").split("::") for step in self.steps if step.type == STACK]
        return f"{stacks[-1][1]}/{stacks[-1][0]}" if stacks else ""

    @property
    def hidden(self) -> int:
        """The number of unchanged resources of any provider that the preview counts but does not show."""
        shown = {step.urn for step in self.steps if step.op == "same" and not step.type.startswith(PROVIDERS)}
        return max(0, self.summary.get("same", 0) - len(shown))

    @property
    def skipped(self) -> int:
        """The number of new resources of any provider that the preview leaves out."""
        return len({step.urn for step in self.steps if step.skipped})

    def select_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Select the diagnostics that a reader needs.

        Returns:
            Errors and warnings, without repeated errors. After a failure, also the program's stderr.
        """
        echoes = [entry for entry in self.diagnostics if entry.message.strip().removeprefix("error: ") in _ECHOES]
        errors = sum(entry.severity == "error" for entry in self.diagnostics)
        # The program's stderr matters only if it can explain a failure.
        severities = {"error", "warning", "info#err"} if self.failed else {"error", "warning"}
        return tuple(
            entry
            for entry in self.diagnostics
            if entry.severity in severities and not (entry in echoes and errors > len(echoes))
        )


def read_preview(text: str) -> Preview:
    """Read the output of a preview.

    Args:
        text: The JSON, in either form.

    Returns:
        The preview.

    Raises:
        NotAPreviewError: The text is not a preview. The message is one line.
    """
    if not text.strip():
        raise NotAPreviewError("the input is empty, so the preview probably failed to start")
    try:
        preview = _parse(text)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        reason = f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
        raise NotAPreviewError(reason) from None
    _check_urns(preview)
    return preview


def _parse(text: str) -> Preview:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            reason = f"line {error.lineno:,} is not JSON: {error.msg}"
            raise NotAPreviewError(reason) from None
        lines = enumerate(text.splitlines(), 1)
        return _read_events([_parse_line(number, line) for number, line in lines if line.strip()])
    return _read_events([document]) if _is_event(document) else _read_object(document)


def _parse_line(number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        reason = f"line {number:,} is not JSON: {error.msg}"
        raise NotAPreviewError(reason) from None


def _read_object(document: Any) -> Preview:
    if not isinstance(document, dict) or not document.keys() & {"steps", "changeSummary", "diagnostics"}:
        raise NotAPreviewError("the JSON has neither `steps` nor `diagnostics`")
    preview = Preview.model_validate({name: value for name, value in document.items() if value is not None})
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
    changes: Annotated[dict[str, int], BeforeValidator(_replace_none)] = Field(
        default={}, validation_alias="resourceChanges"
    )
    preview: bool = Field(default=True, validation_alias="isPreview")


class _Event(BaseModel):
    """One line. It has one of these members, or a member that a review does not use."""

    begun: _StepEvent | None = Field(default=None, validation_alias="resourcePreEvent")
    done: _StepEvent | None = Field(default=None, validation_alias="resOutputsEvent")
    diagnostic: _DiagnosticEvent | None = Field(default=None, validation_alias="diagnosticEvent")
    summary: _SummaryEvent | None = Field(default=None, validation_alias="summaryEvent")


def _read_events(documents: list[Any]) -> Preview:
    if not all(map(_is_event, documents)):
        raise NotAPreviewError("the lines are JSON, but not engine events")
    events = [_Event.model_validate(document) for document in documents]
    summary = next((event.summary for event in events if event.summary), None)
    if summary is None:
        raise NotAPreviewError("the events are incomplete: the summary at the end is missing")
    if not summary.preview:
        raise NotAPreviewError("the events are from an update, not from a preview")
    done = [event.done.metadata for event in events if event.done]
    diagnostics = [event.diagnostic for event in events if event.diagnostic]
    return Preview(
        steps=tuple(event.begun.metadata for event in events if event.begun),
        diagnostics=tuple(
            Diagnostic(severity=entry.severity, message=entry.prefix + entry.message, urn=entry.urn)
            for entry in diagnostics
        ),
        changeSummary=summary.changes,
        failed=summary.result == "failed",
        live={step.urn: step.after for step in done if step.op == "refresh"},
    )


def _check_urns(preview: Preview) -> None:
    for step in preview.steps:
        if step.urn.count("::") < 3:  # noqa: PLR2004  (stack, project, type, name)
            reason = f"a step has the invalid URN {step.urn[:80]!r}"
            raise NotAPreviewError(reason)
