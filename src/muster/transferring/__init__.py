"""Files that follow a pupil: their names, reading, writing, converting, comparing, and asking for learner numbers."""

from muster.transferring.comparing import ItemChange, PupilChange, RecordChange, changes_of, compare
from muster.transferring.files import (
    Converted,
    Transfer,
    converted,
    read_transfer,
    transfer_collection,
    transfer_text,
    write_transfer,
)
from muster.transferring.learner_batches import (
    Answer,
    answer_text,
    answers,
    batch_text,
    learner_of,
    read_batch,
    with_numbers,
)
from muster.transferring.learner_numbers import Obstacle, obstacles, request, without_number
from muster.transferring.matching import Candidate, Match, matches
from muster.transferring.names import (
    OtherName,
    Party,
    TransferName,
    WrongName,
    is_transfer_name,
    parse_other_name,
    parse_transfer_name,
    party_of,
)
from muster.transferring.roll import Pupil, Record, pupils_in_table, pupils_of
from muster.transferring.roll_files import pupils_on_roll
from muster.transferring.taking_in import Accepted, proposed, taken_in

__all__ = [
    "Accepted",
    "Answer",
    "Candidate",
    "Converted",
    "ItemChange",
    "Match",
    "Obstacle",
    "OtherName",
    "Party",
    "Pupil",
    "PupilChange",
    "Record",
    "RecordChange",
    "Transfer",
    "TransferName",
    "WrongName",
    "answer_text",
    "answers",
    "batch_text",
    "changes_of",
    "compare",
    "converted",
    "is_transfer_name",
    "learner_of",
    "matches",
    "obstacles",
    "parse_other_name",
    "parse_transfer_name",
    "party_of",
    "proposed",
    "pupils_in_table",
    "pupils_of",
    "pupils_on_roll",
    "read_batch",
    "read_transfer",
    "request",
    "taken_in",
    "transfer_collection",
    "transfer_text",
    "with_numbers",
    "without_number",
    "write_transfer",
]
