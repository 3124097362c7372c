"""Names of resources and of variables."""

from __future__ import annotations

import builtins
import keyword

import pytest

import pulumi_identity
from pulumi_identity.importer.names import UniqueNames, resource_name, variable


@pytest.mark.parametrize(
    ("called", "expected"),
    [
        ("jo", "jo"),
        ("Ana María/O'Neil", "ana_maria_o_neil"),
        ("jo.doe@example.com", "jo_doe_example_com"),
        ("ß", "ß"),
        ("山田", "山田"),
        ("ﬁona", "fiona"),
        ("class", "class_"),
        ("None", "none"),
        ("match", "match_"),
        ("max", "max_"),
        ("Id", "id_"),
        ("Group", "group"),
        ("1st", "person_1st"),
        ("...", "person"),
        ("__init__", "init"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_variable_reads_like_the_name(called: str, expected: str) -> None:
    assert variable(called, "person") == expected
    namespace: dict[str, int] = {}
    exec(f"{expected} = 1", namespace)
    assert expected in namespace, "Python normalizes it to another name"


def test_no_variable_means_something_else_already() -> None:
    imported = {name for name in vars(pulumi_identity) if not name.startswith("_")}
    for name in [*dir(builtins), *keyword.kwlist, *keyword.softkwlist, *imported]:
        made = variable(name, "person")
        assert made not in {*dir(builtins), *keyword.kwlist, *keyword.softkwlist}
        assert made == made.lower(), "the resources' classes have capitals"


@pytest.mark.parametrize(
    ("called", "expected"),
    [
        ("jo", "jo"),
        ("O'Neil/x::y ${z}", "O'Neil/x::y ${z}"),
        ("two\nlines\u3000wide", "two lines wide"),
        (" \n", "unnamed"),
        ("a\u202eb", "a b"),
        ("x" * 1024, "x" * 128),
    ],
)
def test_a_resource_is_called_what_aws_calls_it(called: str, expected: str) -> None:
    assert resource_name(called) == expected


def test_a_name_is_given_once() -> None:
    variables = UniqueNames(joint="_")
    assert [variables.free(variable(name, "person")) for name in ("max", "MAX", "max_")] == ["max_", "max_2", "max_3"]
    names = UniqueNames({"jo"})
    assert [names.free("jo"), names.free("jo"), names.free("jo-2"), names.free("ann")] == [
        "jo-2",
        "jo-3",
        "jo-2-2",
        "ann",
    ]
