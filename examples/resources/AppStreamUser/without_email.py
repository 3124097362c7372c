"""Create a user without a welcome e-mail. Later, `message_action="RESEND"` sends it."""

from pulumi_identity import AppStreamUser

tom = AppStreamUser("tom", user_name="tom@example.com", first_name="Tom", last_name="Doe", message_action="SUPPRESS")
