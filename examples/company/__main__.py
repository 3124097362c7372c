import pulumi
from company import Person, Reader, Team

jo = Person("jo", "Jo Doe")
ann = Person("ann", "Ann Poe")
admins = Team("admins", [jo, ann])
Reader(ann)
pulumi.export("admins", admins.group.group_id)
