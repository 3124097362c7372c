"""Declare a postal address, a phone number and the e-mail address. AWS accepts one of each."""

from pulumi_identity import IdentityStoreUser

ann = IdentityStoreUser(
    "ann",
    user_name="ann",
    display_name="Ann Doe",
    name={"given_name": "Ann", "family_name": "Doe", "middle_name": "M", "honorific_prefix": "Dr."},
    emails=[{"value": "ann@example.com", "type": "work", "primary": True}],
    phone_numbers=[{"value": "+49 30 123456", "type": "work", "primary": True}],
    addresses=[
        {
            "street_address": "Main Street 1",
            "postal_code": "10115",
            "locality": "Berlin",
            "region": "Berlin",
            "country": "DE",
            "type": "work",
            "primary": True,
        }
    ],
    preferred_language="en-US",
    locale="de-DE",
    timezone="Europe/Berlin",
)
