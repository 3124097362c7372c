"""Set enterprise attributes, such as the employee number. The case of the keys does not matter."""

from pulumi_identity import IdentityStoreUser

bob = IdentityStoreUser(
    "bob",
    user_name="bob",
    display_name="Bob Roe",
    name={"given_name": "Bob", "family_name": "Roe"},
    emails=[{"value": "bob@example.com", "primary": True}],
    title="Engineer",
    user_type="Employee",
    extensions={
        "aws:identitystore:enterprise": {
            "employeeNumber": "4711",
            "costCenter": "R&D",
            "department": "Research",
        },
    },
)
