"""Keep a user in the pool but refuse the sign-in."""

from pulumi_identity import AppStreamUser

pat = AppStreamUser("pat", user_name="pat@example.com", first_name="Pat", last_name="Roe", enabled=False)
