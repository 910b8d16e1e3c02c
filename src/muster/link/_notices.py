"""The codes of the notices that linking gives, each with its meaning."""

from __future__ import annotations

NOTICES = {
    "link.school_unknown": "a person's school is not in schools.csv, so the person is in no return",
    "link.school_not_said": "no source says at which school a person works, so the person is in no return",
    "link.no_source": "a school has neither a staff export nor payroll, so it has no return",
    "link.two_equal_candidates": "two records fit one person equally well; a person must choose",
    "link.numbers_disagree": "name and birth date agree, teacher or NI numbers do not; a person must decide",
    "link.names_disagree": "a number and the birth date agree, the names do not; a person must decide",
    "link.shared_identifier": "so many people bear one number and birth date that it identifies nobody",
    "link.reference_reused": "one source uses one staff number for two different people",
    "link.unconfirmed_match": "a proposed match waits for somebody's yes or no",
    "link.decision_not_used": "a decision in the matches file names records that no source holds any more",
    "link.payroll_only": "a person is paid but is in no staff export",
    "link.leaver_not_found": "a person of last year's return is in no source of this year",
    "link.contract_not_in_payroll": "a contract of the staff export is not in payroll",
    "link.contract_not_carried": "a contract open last year is in no source of this year",
    "link.contracts_paired_in_order": "two contracts fit equally well and were paired in their order",
    "link.keyed_person_not_found": "a keyed value is for a person or contract that no source holds any more",
    "link.pay_differs_from_point": "base pay and the value of the spine point differ by more than 1 pound",
    "link.point_not_in_table": "a spine point is not in the pay table of the year",
    "link.splink": "splink finds it likely that two records are one person; a person must decide",
    "link.pay_not_derived": "a spine point could not be turned into base pay",
}
