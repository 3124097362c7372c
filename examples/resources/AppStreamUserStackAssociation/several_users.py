"""Give several people the applications of one stack, and send each of them an e-mail."""

from pulumi_identity import AppStreamUser, AppStreamUserStackAssociation

for name in ("Lou", "Sam"):
    user = AppStreamUser(name, user_name=f"{name.lower()}@example.com", first_name=name, last_name="Poe")
    AppStreamUserStackAssociation(
        f"{name} on the desktop", stack_name="desktop", user_name=user.user_name, send_email_notification=True
    )
