"""Take over a group if it already exists in QuickSight. Without `adopt`, creating an existing group fails."""

from pulumi_identity import QuickSightGroup

auditors = QuickSightGroup("auditors", group_name="Auditors", description="Sees the audit dashboards", adopt=True)
