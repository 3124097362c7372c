"""Take over a group if it already exists in AWS. Without `adopt`, creating an existing group fails."""

from pulumi_identity import Group

analysts = Group("analysts", display_name="Analysts", description="May read the reports", adopt=True)
