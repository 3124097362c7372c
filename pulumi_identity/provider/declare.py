"""Declare a resource once.

One line of `prop(…)` gives the constructor argument, the attribute, the validation in `check`, the flags that `diff`
and `read` go by, and a row in the docs. Type checkers and editors read the stub that `make docs` writes from it.
"""

from __future__ import annotations

import inspect
from itertools import chain
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    TypeVar,
    get_args,
    overload,
)

from pulumi import Input, Output, ResourceOptions
from pulumi.dynamic import Resource as DynamicResource
from pulumi.output import Unknown

from pulumi_identity.aws.regions import ambient_region
from pulumi_identity.errors import Rejected

from . import kinds, registry, signatures
from .arguments import call_error, input_errors, missing_arguments
from .dynamic import DynamicProvider
from .labels import labelled
from .options import has_transformations, has_transforms, option_errors, warn_of_parent
from .schema import Field, Schema
from .settings import ACCESS, AssumeRole, Profile, Region, RoleArn, default_input
from .stored import stored_properties, stored_property

if TYPE_CHECKING:
    from typing import Self

T = TypeVar("T")


class Prop(Generic[T]):
    """A property that the program sets as an `Input[T]` and reads back as an `Output[T]`."""

    hint: Any
    """The type, which the class declares."""

    def __init__(self, **flags: Any) -> None:
        self.flags = flags

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner: Any = owner
        self.name = name

    @property
    def is_name(self) -> bool:
        """Whether the property is the name in AWS of the resource's entity."""
        return bool(self.owner._kind.name_property == self.name)  # noqa: SLF001  (kept out of an editor's list)

    if not TYPE_CHECKING:

        @property
        def __doc__(self) -> str | None:
            """Return the sentence under the declaration, which `help` shows."""
            return signatures.sentences(self.owner).get(self.name)

    @overload
    def __get__(self, obj: None, owner: type) -> Self: ...
    @overload
    def __get__(self, obj: object, owner: type) -> Output[T]: ...
    def __get__(self, obj: Any, owner: type) -> Any:
        return self if obj is None else obj._output(self.name)  # noqa: SLF001  (a resource's, which declares this)

    def __set__(self, obj: object, value: Input[T]) -> None:
        """Always raise: assigning would bypass Pulumi, which sets outputs without calling this."""
        message = (
            f"{type(obj).__name__}.{self.name} can't be assigned: Pulumi has the resource already — "
            f"pass {self.name}=… to the constructor"
        )
        raise AttributeError(message)


class Computed(Prop[T]):
    """A property that AWS decides; the program can only read it."""

    if not TYPE_CHECKING:  # the class's own sentence would hide the declaration's
        __doc__ = vars(Prop)["__doc__"]


def prop(
    *,
    default: Any = None,
    config: str | None = None,
    replaces: bool = False,
    computed_default: bool = False,
    write_only: bool = False,
    whole: bool = False,
    listed: Any = None,
) -> Any:
    """Declare an input.

    `default` stands in for a missing one; with None, the property may be left out. `config` is the key under
    `identity:` in Pulumi configuration that is asked next. The other flags are those of `Field`.
    """
    return Prop(
        default=default,
        config=config,
        replaces=replaces,
        computed_default=computed_default,
        write_only=write_only,
        whole=whole,
        listed=listed,
    )


def computed(*, secret: bool = False) -> Any:
    """Declare an output; a `secret` one is encrypted in state and hidden in all that Pulumi prints."""
    return Computed(secret=secret)


class Resource(DynamicResource):
    """The arguments that every resource of this package has besides its own."""

    region: Prop[Region] = prop(default=None, config="region", computed_default=True, write_only=True)
    """The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing
    AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates
    the resource; it replaces an AppStream user."""
    role_arn: Prop[RoleArn | None] = prop(default=None, config="roleArn", write_only=True)
    """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of
    the environment are used."""
    profile: Prop[Profile | None] = prop(default=None, config="profile", write_only=True)
    """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset:
    `identity:profile`, then the credentials of the environment."""
    assume_role: Prop[AssumeRole | None] = prop(default=None, config="assumeRole", write_only=True)
    """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires;
    `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600.
    Unset: `identity:assumeRole`."""
    adopt: Prop[bool | kinds.ExternallyManaged | None] = prop(default=None, write_only=True)
    """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and
    removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity
    provider manages through SCIM. Unset: a create fails if the entity exists."""

    _kind: ClassVar[kinds.Kind]
    _dynamic_provider: ClassVar[type[DynamicProvider]]
    __signature__ = signatures.ConstructorSignature()

    def __init_subclass__(cls, *, kind: type[kinds.Kind] | None = None, **kwargs: Any) -> None:
        name = cls._kind.name if kind is None else cls.__name__  # a subclass of a resource stays that resource
        super().__init_subclass__(module="identity", name=name, **kwargs)
        if kind is None:
            return
        hints = {
            name: get_args(hint)[0]
            for owner in (cls, Resource)
            for name, hint in inspect.get_annotations(owner, eval_str=True).items()
            if isinstance(vars(owner).get(name), Prop)
        }
        cls.__annotations__ = {}  # Pulumi would take `Prop[Name]` for the class to make of an output's value
        declared: dict[str, Prop[Any]] = {name: getattr(cls, name) for name in hints}
        for name, hint in hints.items():
            declared[name].hint = hint
        inputs = {
            name: Field(hint=prop.hint, **prop.flags)
            for name, prop in declared.items()
            if not isinstance(prop, Computed)
        }
        kind.name, kind.schema = cls.__name__, Schema(inputs, declared.keys() - inputs.keys())
        kind.properties = tuple(declared)
        kind.secrets = frozenset(name for name, prop in declared.items() if prop.flags.get("secret"))
        cls._kind = kind()
        cls._dynamic_provider = DynamicProvider.register(cls._kind)
        registry.register(cls._kind)

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],  # noqa: A002  (Pulumi's name for it)
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """
        return cls(
            resource_name,
            ResourceOptions.merge(opts, ResourceOptions(id=id)),
            region=region,
            role_arn=role_arn,
            profile=profile,
            assume_role=assume_role,
        )

    def __init__(self, resource_name: str = "", opts: ResourceOptions | None = None, **inputs: Any) -> None:
        """Register the resource. `inspect.signature` of the class shows the arguments.

        Args:
            resource_name: The resource's name in Pulumi's state.
            opts: Pulumi's options of the resource.
            **inputs: The properties to set.

        Raises:
            TypeError: An argument is missing, unknown, or of a type that Pulumi does not take.
        """
        schema, class_name = self._kind.schema, type(self).__name__
        if wrong_call := call_error(class_name, schema, resource_name, opts):
            raise TypeError(wrong_call)
        try:
            inputs |= {
                name: labelled(name, inputs[name], schema.listed[name]) for name in inputs.keys() & schema.listed.keys()
            }
        except TypeError as wrong_list:
            raise TypeError(f"{class_name}({resource_name!r}): {wrong_list}") from None
        options = opts or ResourceOptions()
        for error in chain(option_errors(schema, options), input_errors(schema, inputs)):
            message = f"{class_name}({resource_name!r}): {error}"
            raise TypeError(message)
        if options.parent:
            warn_of_parent(options.parent)
        # An entity that is only read is identified by its id; defaults only set how to reach it.
        reading = options.id is not None
        configurable = ACCESS if reading else schema.inputs.keys()
        given = {
            name: default_input(name, field.config)
            if field.config and name in configurable and inputs.get(name) is None
            else inputs.get(name)
            for name, field in schema.inputs.items()
        }
        if not reading and (missing := missing_arguments(schema, given, transformed=has_transforms(options))):
            message = f"{class_name}({resource_name!r}): {missing}"
            raise TypeError(message)
        # An output costs the program as much as ten inputs: there are none for what stays unset. But a transformation
        # that tags resources reads `tags`, set or not.
        shown = {"tags"} if given.get("tags") is None and has_transformations(options) else ()
        sent = {
            name: value
            for name, value in given.items()
            if value is not None or reading or schema.inputs[name].filled_in or name in shown
        }
        # Deleting comes first also if the engine asks for no diff: with --replace or replacement_trigger.
        defaults = ResourceOptions(delete_before_replace=True, additional_secret_outputs=sorted(self._kind.secrets))
        super().__init__(
            self._dynamic_provider(),
            resource_name,
            sent | dict.fromkeys(schema.outputs),
            ResourceOptions.merge(defaults, opts),
        )
        for name in shown:  # a preview treats the output of an unset property as unknown
            self.__dict__.pop(name, None)
        self._from_id = {name for name in self._kind.id_properties if given.get(name) is None}
        self._region = given["region"] or ambient_region()
        self._stored: Output[dict[str, Any]] | None = None

    def _output(self, name: str) -> Output[Any]:
        """Return the output of a property. It is made when it is first read, if the program doesn't set it."""
        output: Output[Any] | None = self.__dict__.get(name)
        if output is None:  # a transform or a policy may have set it
            self._stored = self._stored or stored_properties(self)
            output = self.__dict__[name] = stored_property(self._stored, name)
        if name in self._from_id:
            self._from_id.remove(name)
            where = Output.from_input(self._region)
            output = self.__dict__[name] = _known_or_parsed(output, name, self._kind, self.id, where)
        return output


def kind_of(resource: type[DynamicResource]) -> kinds.Kind:
    """Return the kind that a resource class of this package declares."""
    if not issubclass(resource, Resource):
        raise TypeError(resource.__name__)
    return resource._kind  # noqa: SLF001  (kept out of the attributes that an editor lists)


def _known_or_parsed(
    output: Output[Any], name: str, kind: kinds.Kind, id_: Output[str], region: Output[str]
) -> Output[Any]:
    """Return an output, with the value from the physical id while the engine has none.

    In the preview of an update, the engine knows only the physical id. Without this, a change of a user's title would
    show every membership that refers to `user.user_id` as replaced.
    """

    def parsed(known: list[str]) -> Any:
        try:
            return kind.parse_id(*known)[name]
        except Rejected:  # the id is a unit test's own
            return output

    def value_or_parsed(value: Any) -> Any:
        return Output.all(id_, region).apply(parsed) if value is None or isinstance(value, Unknown) else value

    return output.apply(value_or_parsed, run_with_unknowns=True)
