"""Generate the documents' parts about AWS from the facts."""

from __future__ import annotations

from pulumi_identity.facts import FACTS, Certainty, Fact, Mode, Service

MEANINGS = {
    Certainty.MODEL: "stated by botocore's model of the service",
    Certainty.DOCUMENTATION: "stated in AWS's guides or API reference",
    Certainty.REPORT: "a published report from an AWS account, or a published test that ran against AWS",
    Certainty.UNVERIFIED: "no source; the package makes the safer assumption",
}


def certainties() -> str:
    """Return the table of the certainties."""
    rows = ["| certainty | meaning | facts |", "|---|---|---|"]
    for certainty, meaning in MEANINGS.items():
        number = sum(fact.certainty is certainty for fact in FACTS)
        rows.append(f"| {certainty.value} | {meaning} | {number} |")
    return "\n".join(rows)


def facts() -> str:
    """Return a table of facts for each service. Those without a source are in `open_questions`."""
    return "\n\n".join(map(_table, Service))


def open_questions() -> str:
    """Return the list of the assumptions that no source confirms."""
    unverified = [fact for fact in FACTS if fact.certainty is Certainty.UNVERIFIED]
    return "\n".join(f"- {fact.service.value}: {fact.text}{_source(fact)}" for fact in unverified)


def modes() -> str:
    """Return the list of the facts that need a particular account, and the reason."""
    return "\n".join(f"- `{fact.name}` {fact.mode.value}." for fact in FACTS if fact.mode is not Mode.ORDINARY)


def _table(service: Service) -> str:
    rows = [f"### {service.value}", "", "| fact | certainty | source |", "|---|---|---|"]
    rows += [
        f"| {fact.text} | {fact.certainty.value} | {fact.source} |"
        for fact in FACTS
        if fact.service is service and fact.certainty is not Certainty.UNVERIFIED
    ]
    return "\n".join(rows)


def _source(fact: Fact) -> str:
    return "" if fact.source == "no source" else f" ({fact.source})"
