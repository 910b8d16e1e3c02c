"""Invented children in need as official XML, for the benches: one child in fifty has a mistake."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from muster.engines.functions import upn_check_letter

YEAR = 2026
_START = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
  <Header>
    <CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
    <Source><SourceLevel>L</SourceLevel><LEA>919</LEA><SoftwareCode>bench</SoftwareCode><Release>1</Release>\
<SerialNo>001</SerialNo><DateTime>2026-05-23T11:14:05</DateTime></Source>
  </Header>
  <Children>
"""
_CHILD = """    <Child>
      <ChildIdentifiers>
        <LAchildID>B{number}</LAchildID>
        <UPN>{upn}</UPN>
        <PersonBirthDate>{birth}</PersonBirthDate>
        <Sex>{sex}</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>{ethnicity}</Ethnicity>
        <Disabilities>
          <Disability>{disability}</Disability>
        </Disabilities>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>{referral}</CINreferralDate>
        <ReferralSource>{source}</ReferralSource>
        <PrimaryNeedCode>{need}</PrimaryNeedCode>
        <Assessments>
          <AssessmentActualStartDate>{assessed}</AssessmentActualStartDate>
          <AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment>
            <AssessmentFactors>1C</AssessmentFactors>
            <AssessmentFactors>{factor}</AssessmentFactors>
          </FactorsIdentifiedAtAssessment>
        </Assessments>
        <CINPlanDates>
          <CINPlanStartDate>{planned}</CINPlanStartDate>
          <CINPlanEndDate>{conference}</CINPlanEndDate>
        </CINPlanDates>
        <Section47>
          <S47ActualStartDate>{enquiry}</S47ActualStartDate>
          <InitialCPCtarget>{target}</InitialCPCtarget>
          <DateOfInitialCPC>{conference}</DateOfInitialCPC>
          <ICPCnotRequired>false</ICPCnotRequired>
        </Section47>
        <ReferralNFA>false</ReferralNFA>
        <ChildProtectionPlans>
          <CPPstartDate>{conference}</CPPstartDate>
          <InitialCategoryOfAbuse>{abuse}</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>{abuse}</LatestCategoryOfAbuse>
          <NumberOfPreviousCPP>{plans}</NumberOfPreviousCPP>
          <Reviews>
            <CPPreviewDate>{reviewed}</CPPreviewDate>
          </Reviews>
        </ChildProtectionPlans>
      </CINdetails>
    </Child>
"""
_END = "  </Children>\n</Message>\n"


def write_children(path: Path, children: int) -> Path:
    """Write a return of so many children, each with one episode up to a child protection plan."""
    with path.open("w", encoding="utf-8") as file:
        file.write(_START)
        file.writelines(_child(number) for number in range(children))
        file.write(_END)
    return path


def _child(number: int) -> str:
    referral = date(2025, 4, 22) + timedelta(days=number * 7 % 180)
    enquiry = _weekday(referral + timedelta(days=1 + number % 5))
    conference = _weekdays_later(enquiry, 10)
    assessed = _weekday(referral + timedelta(days=2))
    values = {
        "number": number,
        "upn": _upn(number),
        "birth": date(2010, 1, 4) + timedelta(days=number * 13 % 3600),
        "sex": "FM"[number % 2],
        "ethnicity": ("WBRI", "WOTH", "AIND", "BCRB")[number % 4],
        "disability": ("NONE", "HEAR", "LD")[number % 3],
        "referral": referral,
        "source": ("1A", "2B", "5A", "6")[number % 4],
        "need": ("N1", "N4", "N5")[number % 3],
        "assessed": assessed,
        "authorised": _weekdays_later(assessed, 12),
        "factor": ("3B", "4A", "10A")[number % 3],
        "planned": assessed,
        "enquiry": enquiry,
        "target": _weekdays_later(enquiry, 15),
        "conference": conference,
        "abuse": ("NEG", "PHY", "EMO")[number % 3],
        "plans": number % 3,
        "reviewed": _weekdays_later(conference, 50),
    }
    return _CHILD.format_map(values | _mistake(number, referral))


def _mistake(number: int, referral: date) -> dict[str, object]:
    kinds: tuple[dict[str, object], ...] = (
        {"sex": "9"}, {"assessed": referral - timedelta(days=9)}, {"need": "X1"}, {"ethnicity": ""},
    )  # fmt: skip
    return kinds[number // 50 % 4] if number % 50 == 0 else {}


def _upn(number: int) -> str:
    """A UPN with the right check letter, of a school number that was never given out."""
    body = f"919{9000 + number // 100_000:04d}{number % 100_000:05d}"
    return f"{upn_check_letter('A' + body)}{body}"


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _weekdays_later(day: date, count: int) -> date:
    """So many weekdays later; bank holidays are not left out."""
    later = day
    while count:
        later = _weekday(later + timedelta(days=1))
        count -= 1
    return later
