"""Register a user who signs in through an external OpenID Connect provider."""

from pulumi_identity import QuickSightUser

ida = QuickSightUser(
    "ida",
    user_name="ida",
    email="ida@example.com",
    user_role="READER",
    external_login_federation_provider_type="CUSTOM_OIDC",
    custom_federation_provider_url="https://idp.example.com",
    external_login_id="ida-1",
)
