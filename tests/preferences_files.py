"""Small files of the school preferences return for tests, written by the plainest means."""

from __future__ import annotations

from collections.abc import Sequence

from muster.catalogue import load_collection
from tests.xml_returns import elements

PREFERENCES = load_collection("school_preferences")
School = tuple[str, str]
HEADER = (
    "<Header><CollectionDetails><Collection>Preferences</Collection><Year>2014</Year><Phase>{phase}</Phase>"
    "<ReferenceDate>{day}</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>999</LEA></Source></Header>"
)
DAYS = {"S": "2014-03-03", "P": "2014-04-16"}


def file_of(*children: str, phase: str = "S", places: int = 100) -> str:
    """A whole message; the header fills line 1, and each child a line from line 3 on."""
    lines = "".join(f"<Child>{inside}</Child>\n" for inside in children)
    header = HEADER.format(phase=phase, day=DAYS[phase])
    places_of_authority = f"<LALevel>{elements(PlacesAvailable=str(places))}</LALevel>"
    return f"<Message>{header}{places_of_authority}\n<Children>\n{lines}</Children>\n</Message>\n"


def child(reference: str, named: Sequence[School], offered: School | None, **items: str) -> str:
    """A child with the schools named, in their order, and the one offered; an item given as '' is left out."""
    given = {"PostCode": "ZZ99 1ZZ", "HomeLA": "999", **items}
    home = {name: given[name] for name in ("PostCode", "HomeLA") if given[name]}
    about = {
        "ApplicationReference": reference, "Surname": "Field", "Forename": reference.title(), "DOB": "2003-05-26",
        "Gender": "F",
    }  # fmt: skip
    return (
        f"<ChildIdentifiers>{elements(**about)}</ChildIdentifiers><Home>{elements(**home)}</Home>"
        f"<Preferences>{''.join(map(_preference, range(1, 7), named))}</Preferences>{_offer(named, offered)}"
    )


def _preference(rank: int, school: School) -> str:
    return f"<Preference>{elements(PreferenceRank=str(rank), LA=school[0], Estab=school[1])}</Preference>"


def _offer(named: Sequence[School], offered: School | None) -> str:
    if offered is None:
        return f"<Offer>{elements(OfferMade='false')}</Offer>"
    school = elements(OfferMade="true", LA=offered[0], Estab=offered[1])
    if offered in named:
        return f"<Offer>{school}{elements(OfferRank=str(named.index(offered) + 1))}</Offer>"
    return f"<Offer>{school}{elements(NonPreferredOffer='true')}</Offer>"
