"""What no file of the repository may say: hosts, paths of a machine, people, and work left for later."""

from __future__ import annotations

import re
import string

import pytest

from tests.shape.source import lines_with

# Put together here, so that this file does not say them itself.
HOSTS = "|".join(re.escape(".".join(host)) for host in (
    ("py" + "pi", "org"), ("python" + "hosted", "org"), ("npm" + "js", "org"), ("debian", "org"),
))  # fmt: skip
FORBIDDEN = {
    "a package index": re.compile(HOSTS),
    "a path of one machine": re.compile(r"(?<![\w.}~-])/" r"(work|root|tmp|home|Users)/\w"),
    "work left for later": re.compile(r"\b(TO" r"DO|FIX" r"ME)\b|(#|<!--).*\bXX" r"X\b"),
    "a test that is not run": re.compile(r"mark\.sk" r"ip|xf" r"ail"),
}
NI_NUMBER = re.compile(r"\b([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])(\d{6})[A-D]\b")
NEVER_ISSUED = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
TEACHER_NUMBER = re.compile(r"(?i)teacher_?number[>=\"' :]+(\d{7})\b")
IMPOSSIBLE_TEACHER = re.compile(r"00000\d\d|99999\d\d|(\d)\1{6}")
UPN = re.compile(r"\b([A-HJ-NP-RT-Z])(\d{11}[\dA-Z])\b")
# The corpus on which every engine must agree what an NI number or a check letter is has to hold right ones.
CORPUS = "tests/engines/boundary.toml"
# Examples of published documents, and numbers made by arithmetic: right and wrong ones, to check the checks with.
EXAMPLES = "tests/unit/identifiers/examples.toml"
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn_letter(body: str) -> str:
    """The check letter of the twelve characters after it."""
    values = [int(c) if c.isdigit() else string.ascii_uppercase.index(c) for c in body]
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = [f"{path}:{number}: {line.strip()[:90]}" for path, number, line in lines_with(FORBIDDEN[what])]
    assert not found, found


def test_only_absent_data_or_an_absent_browser_or_spark_lets_a_test_pass_unrun() -> None:
    silent = [
        f"{path}:{number}"
        for path, number, line in lines_with(re.compile(r"pytest\.sk" r"ip\("))
        if not re.search("(REAL DATA|BROWSER|SPARK) ABSENT", line)
    ]
    assert not silent, silent


def test_no_ni_number_could_be_a_persons() -> None:
    found = [
        f"{path}:{number}: {ni.group()}"
        for path, number, line in lines_with(NI_NUMBER)
        for ni in NI_NUMBER.finditer(line)
        if path not in (CORPUS, EXAMPLES) and ni[1] not in NEVER_ISSUED and len(set(ni[2])) > 1
    ]
    assert not found, found


def test_no_teacher_number_could_be_a_persons() -> None:
    found = [
        f"{path}:{number}: {teacher.group()}"
        for path, number, line in lines_with(TEACHER_NUMBER)
        for teacher in TEACHER_NUMBER.finditer(line)
        if not IMPOSSIBLE_TEACHER.fullmatch(teacher[1])
    ]
    assert not found, found


def test_no_pupil_number_could_be_a_childs() -> None:
    """Its check letter is wrong, or its authority is 999, which no authority is, or its establishment is one of 9000 to
    9999, which no school is: in whole invented returns the authority has to exist."""
    found = [
        f"{path}:{number}: {upn.group()}"
        for path, number, line in lines_with(UPN)
        for upn in UPN.finditer(line)
        if path not in (CORPUS, EXAMPLES)
        and upn[1] == upn_letter(upn[2])
        and not upn[2].startswith("999")
        and upn[2][3] != "9"
    ]
    assert not found, found
