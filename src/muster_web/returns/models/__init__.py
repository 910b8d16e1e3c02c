"""What the service keeps of rounds, returns, versions, findings, notes, edits and receipts."""

from muster_web.returns.models.building import Build, KeyedValue, MatchDecision, Part
from muster_web.returns.models.findings import Finding, MachineRun, RuleCount
from muster_web.returns.models.journey import Event, Receipt, Return, Sign, Upload, Version
from muster_web.returns.models.resolving import Edit, Message, Note
from muster_web.returns.models.rounds import LocalDeadline, Round, RuleChange
from muster_web.returns.models.sharing import (
    Case,
    CaseSide,
    Chase,
    ChaseLetter,
    Comparison,
    ThreadRead,
)

__all__ = [
    "Build",
    "Case",
    "CaseSide",
    "Chase",
    "ChaseLetter",
    "Comparison",
    "Edit",
    "Event",
    "Finding",
    "KeyedValue",
    "LocalDeadline",
    "MachineRun",
    "MatchDecision",
    "Message",
    "Note",
    "Part",
    "Receipt",
    "Return",
    "Round",
    "RuleChange",
    "RuleCount",
    "Sign",
    "ThreadRead",
    "Upload",
    "Version",
]
