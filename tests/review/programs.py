"""The programs whose previews the review is tested with."""

from __future__ import annotations

BEFORE = """
class Note(pulumi.dynamic.ResourceProvider):
    def create(self, props):
        return pulumi.dynamic.CreateResult("note", props)

class Ticket(pulumi.dynamic.Resource, name="Ticket"):
    def __init__(self, name, text):
        super().__init__(Note(), name, {"text": text})

class Team(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("acme:people:Team", name)

def person(name, family, resource=None, **others):
    return IdentityStoreUser(resource or name, user_name=f"{name}@example.com", display_name=f"{name.title()} {family}",
        name={"given_name": name.title(), "family_name": family}, emails=[{"value": f"{name}@example.com"}], **others)

def member(user, name, group, **others):
    return GroupMembership(f"{name}-{group._name}", group_id=group.group_id, member_id=user.user_id, **others)

def reader(name, role, **others):
    return QuickSightUser(name, user_name=name, email=f"{name}@example.com", user_role=role, **others)

def desktop(name, **others):
    return AppStreamUser(name, user_name=f"{name}@example.com", message_action="SUPPRESS", **others)

team = Team("data")
admins = Group("admins", display_name="AWS-Admins")
analysts = Group("analysts", display_name="Analysts", opts=ResourceOptions(parent=team))
readers = Group("readers", display_name="Readers", description="May look")
"""

DIRECTORY = (
    BEFORE
    + """
legacy = Group("legacy", display_name="Legacy")
Ticket("ticket", "open")
ana = person("ana", "Abt", title="Analyst")
ben, cleo, dan = person("ben", "Bell"), person("cleo", "Cruz", title="Clerk"), person("dan", "Dorn")
eve, hal = person("eve", "Ek"), person("hal", "Hope")
ivy = person("ivy", "Iyer", opts=ResourceOptions(retain_on_delete=True))
scim = person("scim", "Sync", adopt="externally-managed", title="Provisioned")
for name, user in {"ana": ana, "ben": ben, "dan": dan, "eve": eve}.items():
    member(user, name, analysts)
member(cleo, "cleo", readers)
member(hal, "hal", readers)
reader("ana", "READER"), reader("ben", "AUTHOR"), reader("eve", "AUTHOR_PRO")
reader("hal", "READER", opts=ResourceOptions(protect=True))
desktop("ben"), desktop("eve"), desktop("cleo")
"""
)

CHANGED = (
    BEFORE
    + """
Ticket("ticket", "closed")
ana = person("ana", "Abt", title="Lead | `analyst` @admins #1")
cleo = person("cleo", "Cruz", title=pulumi.Output.secret("made-up secret"))
dan = IdentityStoreUser("dan", user_name="daniel@example.com", display_name="Dan Dorn",
    name={"given_name": "Dan", "family_name": "Dorn"}, emails=[{"value": "dan@example.com"}],
    opts=ResourceOptions(replace_on_changes=["user_name"]))
eve, hal = person("eve", "Ek"), person("hal", "Hope")
scim = person("scim", "Sync", adopt="externally-managed", title="By hand")
fay = person("fay", "Fox")
gus = IdentityStoreUser("gus|`<b>@ops #2", user_name="gus|`<b>@ops", nick_name="two\\nlines",
    display_name="<script>alert(1)</script> **Gus** [x](http://example.com)",
    name={"given_name": "Gus", "family_name": "Gray"})
member(ana, "ana", admins)
for name, user in {"ana": ana, "dan": dan, "eve": eve, "cleo": cleo}.items():
    member(user, name, analysts)
member(fay, "fay", admins)
member(hal, "hal", readers)
reader("ana", "ADMIN")
QuickSightUser("eve", user_name="eve", email="eve@example.org", user_role="AUTHOR_PRO")
reader("hal", "READER", tags={"seen": "yes"}, opts=ResourceOptions(protect=True))
QuickSightUser("fay", user_name="fay", email="fay@example.com", user_role="READER", external_login_id=fay.user_id,
    external_login_federation_provider_type="COGNITO")
desktop("eve", enabled=False), desktop("cleo"), desktop("fay")
"""
)

FAILING = (
    BEFORE
    + """
IdentityStoreUser("ana", user_name="Administrator", display_name="Ana", name={"given_name": "Ana"},
    opts=ResourceOptions(depends_on=[admins, analysts, readers]))
"""
)
"""The dependencies let the preview come to the same steps each time before it fails."""


STANDING = (
    BEFORE
    + """
kai, lia, mia, noa = person("kai", "Kern"), person("lia", "Lind"), person("mia", "Moss"), person("noa", "Nagy")
ola = person("ola", "Orr")
pia = person("pia", "Pohl", opts=ResourceOptions(retain_on_delete=True))
sam = person("sam", "Sato", opts=ResourceOptions(protect=True))
guest = IdentityStoreUser.get("guest", "ID OF guest")
member(kai, "kai", admins), member(kai, "kai", analysts), member(guest, "guest", analysts), member(pia, "pia", analysts)
for number, user in enumerate((lia, mia, ola)):
    GroupMembership(f"reader-{number}", group_id=readers.group_id, member_id=user.user_id)
reader("mia", "READER"), reader("lia", "READER")
"""
)
"""Somebody is to change nothing but how things are written down."""

OLD_NAME = STANDING + 'GroupMembership("reader-sam", group_id=readers.group_id, member_id=sam.user_id)\n'
HALFWAY = (
    STANDING
    + """
here = member(sam, "sam", readers)
Group("taken", display_name="Taken", opts=ResourceOptions(depends_on=[here]))
"""
)
"""A membership gets another name, but the group exists, so the run stops and state has both names."""

RENAMED = (
    BEFORE
    + """
def was(name):
    return ResourceOptions(aliases=[pulumi.Alias(name=name)])

kai = person("kai", "Kern", "kay", opts=was("kai"))
lia, mia = person("lia", "Lind"), person("mia", "Moss")
noa = person("noa", "Nagy", "noah", adopt=True)
ola = IdentityStoreUser.get("ola", "ID OF ola")
pia = IdentityStoreUser("pia", user_name="pia.pohl@example.com", display_name="Pia Pohl",
    name={"given_name": "Pia", "family_name": "Pohl"}, emails=[{"value": "pia.pohl@example.com"}],
    opts=ResourceOptions(retain_on_delete=True, replace_on_changes=["user_name"]))
sam = person("sam", "Sato")
member(kai, "kay", analysts, opts=was("kai-analysts"))
GroupMembership("kai-is-admin", group_id=admins.group_id, member_id=kai.user_id)
for number, user in enumerate((mia, ola)):
    GroupMembership(f"reader-{number}", group_id=readers.group_id, member_id=user.user_id)
member(sam, "sam", readers)
reader("mia", "AUTHOR", opts=ResourceOptions(replace_on_changes=["user_role"]))
reader("lia", "ADMIN", opts=ResourceOptions(ignore_changes=["user_role"]))
"""
)

ADOPTED = (
    """
everyone = Group.get("everyone", "ID OF everyone")
"""
    + BEFORE
    + """
finance = Group("finance", display_name="Finance", adopt=True)
tim, vic = person("tim", "Todd", adopt=True), person("vic", "Voss")
uma = person("uma", "Ueda", adopt="externally-managed")
for name, user in {"tim": tim, "uma": uma, "vic": vic}.items():
    member(user, name, finance)
member(tim, "tim", everyone), member(uma, "uma", admins)
reader("tim", "ADMIN", adopt=True), reader("vic", "READER", adopt=True)
desktop("tim", adopt=True)
"""
)
"""Somebody's department moves here from another stack, and one person is new."""

SETTLED = (
    BEFORE
    + """
writers, movers, closed = (Group(name, display_name=name.title()) for name in ("writers", "movers", "closed"))
ana, ben, cleo, dan = person("ana", "Abt"), person("ben", "Bell"), person("cleo", "Cruz"), person("dan", "Dorn")
"""
)

SETS = (
    SETTLED
    + """
GroupMembers("admins", group_id=admins.group_id, members=[ana, ben])
GroupMembers("analysts", group_id=analysts.group_id, members={"ana": ana.user_id, "c. cruz": cleo.user_id},
    exclusive=False)
GroupMembers("readers", group_id=readers.group_id, members=[ana, ben, cleo, dan])
GroupMembers("writers", group_id=writers.group_id, members=[ana], exclusive=False)
GroupMembers("closed", group_id=closed.group_id, members=[ben, cleo])
member(dan, "dan", movers)
"""
)

OTHER_SETS = (
    SETTLED
    + """
fay, gus = person("fay", "Fox"), person("gus", "Gray")
GroupMembers("admins", group_id=admins.group_id, members=[ana, fay])
GroupMembers("analysts", group_id=analysts.group_id,
    members={"ana": ana.user_id, "f. fox": fay.user_id, "gus": gus.user_id})
GroupMembers("readers", group_id=readers.group_id, members=[dan], exclusive=False)
GroupMembers("writers", group_id=writers.group_id, members=[ana], exclusive=False)
GroupMembers("movers", group_id=movers.group_id, members=[dan])
everyone = Group("everyone", display_name="Everyone", adopt=True)
GroupMembers("everyone", group_id=everyone.group_id, members=[dan, fay], adopt=True)
"""
)
"""Members join and leave, and sets change their settings."""

PLACES = (
    BEFORE
    + """
SALES, SECOND = {"namespace": "sales"}, {"identity_store_id": "d-0987654321"}

def inhabitant(name, resource, role, **others):
    return QuickSightUser(resource, user_name=name, email=f"{name}@example.com", user_role=role, **others)

alex, jo = person("alex", "Adams"), person("jo", "Jung")
alex_2 = IdentityStoreUser("alex-2", user_name="alex", display_name="Alex Other",
    name={"given_name": "Alex", "family_name": "Other"}, **SECOND)
admins_2 = Group("admins-2", display_name="AWS-Admins", **SECOND)
member(jo, "jo", analysts)
"""
)

HERE_AND_THERE = (
    PLACES
    + """
inhabitant("jo", "jo", "READER"), inhabitant("jo", "jo-sales", "READER", **SALES)
inhabitant("max", "max", "READER"), inhabitant("max", "max-sales", "READER", **SALES)
QuickSightUser("alex", user_name="alex", email="alex@partner.example", user_role="READER")
desktop("jo", region="eu-central-1"), AppStreamUser("jo-us", user_name="jo@example.com", region="us-west-2")
"""
)

ELSEWHERE = (
    PLACES
    + """
GroupMembership("alex-2-admins", group_id=admins_2.group_id, member_id=alex_2.user_id, **SECOND)
inhabitant("jo", "jo", "READER"), inhabitant("jo", "jo-sales", "ADMIN", **SALES)
inhabitant("max", "max", "READER")
QuickSightUser("alex", user_name="alex", email="alex@partner.example", user_role="ADMIN")
desktop("jo", region="eu-central-1")
"""
)
