"""How alike two names, dates or numbers are; small, plain measures, each from 0 to 1 or yes/no."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from muster.link._identity import Name

# Given names and the short forms people go by; a name is like another if they stand in one line.
_SHORT_FORMS = """
abigail abi abby
alexander alexandra alex sandy
alison ali
amanda mandy
andrew andy drew
anthony antony tony
barbara babs
benjamin ben
catherine katherine kathryn cath kath kate katie kathy cathy
charles charlie chas
christine christina chris tina
christopher chris kit
daniel dan danny
david dave
deborah debbie deb debra
edward ed eddie ted
elizabeth liz lizzie beth betty eliza libby
frances fran
francis frank
gillian gill jill
gregory greg
helen nell
jacqueline jackie jacqui
james jim jimmy jamie
janet jan
jennifer jen jenny
jessica jess
jonathan jon
joseph joe
joshua josh
judith judy
kenneth ken kenny
kimberley kim
lawrence laurence larry
leonard len
lesley les
margaret maggie meg peggy marge
matthew matt
michael mike mick
mohammed muhammad mohamed mohammad
natalie nat
nicholas nick nicky
nicola nicky nikki
pamela pam
patricia pat trish tricia patsy
patrick pat paddy
peter pete
philip phillip phil
rebecca becky becca
richard rick dick rich
robert rob bob bobby
samantha sam
samuel sam
sarah sara sally
stephen steven steve
stephanie steph
susan sue susie
terence terry
theresa teresa tess
thomas tom tommy
timothy tim
victoria vicky vicki
william will bill billy
zachary zac zack
"""


def _short_form_lines() -> dict[str, frozenset[int]]:
    lines: dict[str, set[int]] = {}
    for number, line in enumerate(_SHORT_FORMS.split("\n")):
        for name in line.split():
            lines.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in lines.items()}


_LINES_OF = _short_form_lines()


@lru_cache(maxsize=200_000)
def likeness(a: str, b: str) -> float:
    """How alike two words are, from 0 to 1, the same whichever comes first."""
    first, second = sorted((a, b))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def is_short_form(a: str, b: str) -> bool:
    """Whether two given names are forms of one: Liz and Elizabeth, J and Jane."""
    if not a or not b:
        return False
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return bool(_LINES_OF.get(a, frozenset()) & _LINES_OF.get(b, frozenset()))


def swapped(a: Name, b: Name) -> bool:
    """Whether family and given name have changed places."""
    return a.family != a.first and "".join(a.given) == b.family and "".join(b.given) == a.family


def names_unlike(a: Name, b: Name) -> bool:
    """Whether neither the family nor the given name of two people has anything to do with the other."""
    if a.family == b.family or swapped(a, b) or is_short_form(a.first, b.first):
        return False
    return likeness(a.first, b.first) < 0.7 and likeness(a.family, b.family) < 0.7


def one_typo(a: str, b: str) -> bool:
    """Whether one typing error makes one text of the other: a letter changed, or two neighbours swapped."""
    if len(a) != len(b) or a == b:
        return False
    wrong = [place for place in range(len(a)) if a[place] != b[place]]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and a[wrong[0]] == b[wrong[1]]
        and a[wrong[1]] == b[wrong[0]]
    )


def one_date_slip(a: str, b: str) -> bool:
    """Whether two ISO dates differ by one typing error, or by day and month changed about."""
    return one_typo(a, b) or (a != b and a[:4] == b[:4] and a[5:7] == b[8:] and a[8:] == b[5:7])
