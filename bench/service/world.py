"""The service with 500 schools and a million findings, written straight into its database.

The findings are invented by the database itself, as checking as many files would take hours.  They name rules of the
real catalogue, 20 for each of 100 members of staff in every school, which is far more than any real return has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import cycle

from django.db import connection, transaction
from django.utils import timezone

from muster.catalogue import load_collection
from muster_web.accounts.models import Grant, Membership, Organisation, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import viewer_for
from muster_web.returns.actions.opening import open_round
from muster_web.returns.models import Event, Finding, Return, Round, RuleCount, Upload, Version

COLLECTION, YEAR, LA = "school_workforce", 2025, "999"
A_PERSON = 20
STATES = ("loaded", "loaded", "amended_by_source", "submitted", "approved", "returned_by_agent")
_RULES = 60


def make(schools: int, findings: int) -> None:
    """Fill an empty database; every school has a data manager, and the authority and department their people."""
    with transaction.atomic():
        _organisations(schools)
        _people()
    for phase in ("statutory", "dry_run"):
        _open_round(phase)
    with transaction.atomic():
        _versions()
        _findings(findings // schools)
        _counts()
    _analyse()


def person(role: Role, organisation: Organisation) -> User:
    """The one who holds a role."""
    return User.objects.get(memberships__organisation=organisation, memberships__grants__role=role)


def authority() -> Organisation:
    """The authority that checks all returns."""
    return Organisation.objects.get(kind="authority")


def round_of(phase: str) -> Round:
    """The round with the findings (statutory), or the one that files are sent into (dry_run)."""
    return Round.objects.get(phase=phase)


def _organisations(schools: int) -> None:
    Organisation.objects.create(kind="department", name="Department for Education")
    over = Organisation.objects.create(kind="authority", name="Anyshire", la_code=LA)
    Organisation.objects.bulk_create(
        Organisation(
            kind="school", name=f"School {number:03}", la_code=LA, estab=str(2000 + number), authority=over,
            urn=str(900_000 + number),
        )
        for number in range(1, schools + 1)
    )  # fmt: skip


_ROLES = {
    "department": (Role.COLLECTOR,), "authority": (Role.LA_OFFICER, Role.LA_APPROVER), "school": (Role.PREPARER,),
}  # fmt: skip


def _people() -> None:
    held = [(one, role) for one in Organisation.objects.all() for role in _ROLES[one.kind]]
    users = User.objects.bulk_create(
        User(
            email=f"{role}@{one.pk}.example", name=f"{role.in_words} {one.pk}", status="active", password="!"
        )
        for one, role in held
    )
    members = Membership.objects.bulk_create(
        Membership(user=user, organisation=one) for user, (one, _) in zip(users, held, strict=True)
    )
    Grant.objects.bulk_create(
        Grant(membership=member, role=role) for member, (_, role) in zip(members, held, strict=True)
    )


def _open_round(phase: str) -> None:
    today = timezone.localdate()
    department = Organisation.objects.get(kind="department")
    round = Round(
        collection=COLLECTION, year=YEAR, phase=phase, title=f"School workforce census {YEAR}",
        opens=today - timedelta(days=10), census_day=today - timedelta(days=5), closes=today + timedelta(days=20),
        two_people=True,
    )  # fmt: skip
    open_round(viewer=viewer_for(person(Role.COLLECTOR, department), department.pk), round=round)


def _versions() -> None:
    """One checked version of every return of the statutory round, with the events that led to where it stands."""
    owed = list(Return.objects.filter(round=round_of("statutory")).select_related("organisation"))
    senders = {m.organisation_id: m.user for m in Membership.objects.select_related("user")}
    uploads = Upload.objects.bulk_create(
        Upload(
            round=one.round, organisation=one.organisation, by=senders[one.organisation_id], name="return.xml",
            sha256=f"{one.pk:064x}", size=1, stored=f"received/none/{one.pk}", state="opened",
        )
        for one in owed
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        Version(
            subject=one, upload=upload, number=1, name="return.xml", sha256=upload.sha256, size=1, records=700,
            stored=upload.stored, by=upload.by, outcome="checked",
        )
        for one, upload in zip(owed, uploads, strict=True)
    )  # fmt: skip
    for one, version, state in zip(owed, versions, cycle(STATES), strict=False):
        one.current, one.state = version, state
    Return.objects.bulk_update(owed, ["current", "state"], batch_size=100)
    Event.objects.bulk_create(
        Event(subject=one, name=name, by=senders[one.organisation_id], acting_for=one.organisation)
        for one in owed
        for name in ("return_uploaded", "check_started", "return_loaded", "return_submitted")
    )


def _findings(each: int) -> None:
    """The findings of all returns in one statement."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_rule (n integer, rule text, code text, severity text)")
        cursor.executemany("INSERT INTO bench_rule VALUES (%s, %s, %s, %s)", list(_rules()))
        json = "jsonb" if connection.vendor == "postgresql" else "text"
        yes, no = ("true", "false") if connection.vendor == "postgresql" else ("1", "0")
        cursor.execute(
            _INSERT.format(json=json, yes=yes, no=no, last=each - 1, a_person=A_PERSON, rules=_RULES)
        )


def _rules() -> Iterable[tuple[int, str, str, str]]:
    found = list(load_collection(COLLECTION).rules_in(YEAR))[:_RULES]
    return [(number, one.id, one.code, one.severity) for number, one in enumerate(found)]


# Sixty rules do not divide into the findings of a person, so that every person breaks others.
_INSERT = """
INSERT INTO returns_finding (
    version_id, subject_id, position, rule, code, severity, scope, "table", record, record_mark, person, person_mark,
    "values", owners, also, message, fix, fingerprint, line, file, provisional, asks_source, explained)
WITH RECURSIVE number(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i < {last})
SELECT v.id, v.subject_id, i + 1, r.rule, r.code, r.severity, 'row', 'contracts',
    'Person ' || (i / {a_person}) || ': contract ' || (i % {a_person}), 'r' || i, 'Person ' || (i / {a_person}),
    'p' || (i / {a_person}),
    CAST('{{"hours": "45.5", "fte": "1.2"}}' AS {json}), CAST('{{}}' AS {json}), CAST('[]' AS {json}),
    'The hours of this contract are 45.5, and a week of full time has 32.5.', 'Look at the contract.',
    'f' || v.subject_id || '.' || i, i + 10, 'return.xml', {no}, {no},
    CASE WHEN r.severity = 'query' AND i % 3 = 0 THEN {yes} ELSE {no} END
FROM returns_version v CROSS JOIN number JOIN bench_rule r ON r.n = (i + i / 7) % {rules}
"""


def _counts() -> None:
    """What checking keeps beside the findings: the counts of each return and of each rule in it."""
    first = Return.objects.filter(current__isnull=False).first()
    assert first is not None
    found = list(Finding.objects.filter(subject=first).values_list("severity", "explained"))
    Return.objects.filter(current__isnull=False).update(
        to_fix=sum(severity == "error" for severity, _ in found), explained=sum(said for _, said in found),
        to_explain=sum(severity == "query" and not said for severity, said in found),
    )  # fmt: skip
    table = connection.ops.quote_name(RuleCount._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (subject_id, rule, code, severity, findings, explained) "
            "SELECT subject_id, rule, code, severity, count(*), sum(CASE WHEN explained THEN 1 ELSE 0 END) "
            "FROM returns_finding GROUP BY subject_id, rule, code, severity"
        )


def _analyse() -> None:
    """Tell the database how much there is, as a running one finds out by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
