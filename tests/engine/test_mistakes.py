"""What a person reads on the terminal whose program says something that it can't mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.stack import Stack


def test_one_error_with_the_programs_line(stack: Stack) -> None:
    jo = 'user_name="jo", display_name="Jo", name={"given_name": "Jo", "family_name": "Doe"}'
    head = 'import datetime\nborn = datetime.date.fromisoformat("1990-01-02")\n'
    mistakes = {
        'IdentityStoreUser("jo", user_name="jo")': "TypeError: IdentityStoreUser('jo'): missing display_name, name",
        f'IdentityStoreUser("jo", {jo}, birthdate=born)': (
            "TypeError: IdentityStoreUser('jo'): birthdate is of type date; it must be a string"
        ),
        f'IdentityStoreUser("jo", {jo}, opts=ResourceOptions(import_="d-1234567890/x"))': (
            "TypeError: IdentityStoreUser('jo'): Pulumi can't import dynamic resources with import_ — "
            "set adopt=True to adopt an existing entity, or run `pulumi-identity import`"
        ),
    }
    for line, error in mistakes.items():
        stack.program(head + line)
        done = stack.run("preview", check=False)
        shown = done.stdout + done.stderr
        assert done.returncode != 0
        assert error in shown
        assert shown.count("Traceback") == 1
        assert line in shown, "the line of the program"
        assert not any(theirs in shown for theirs in ("serialize_propert", "__provider", "1990", "exception was"))
