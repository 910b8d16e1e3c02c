"""What changed between two years of a collection, told as release notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from muster.catalogue.effective import fix_in_words, in_code_order, message_in_words
from muster.catalogue.find import element_names
from muster.catalogue.meaning import Meanings, meaning_key
from muster.model import CodeSet, Collection, Item, Rule, Table
from muster.model.words import count_of, value_in_words

Kind = Literal["added", "amended", "withdrawn"]
What = Literal["date", "table", "item", "code set", "rule"]
_LISTED = 12
_KINDS = {"error": "an error", "query": "a query"}


@dataclass(frozen=True)
class Change:
    """One change between two years, as a sentence; ``details`` say more, a line each."""

    what: What
    kind: Kind
    name: str
    text: str
    details: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The change for machines."""
        return {
            "what": self.what,
            "kind": self.kind,
            "name": self.name,
            "text": self.text,
            "details": self.details,
        }


def year_differences(
    collection: Collection, before: int, after: int, meanings: Meanings
) -> tuple[Change, ...]:
    """Every change of dates, tables, items, code sets and rules from one year to another."""
    story = _Story(collection, before, after, meanings)
    return (*story.dates(), *story.tables(), *story.items(), *story.code_sets(), *story.rules())


class _Story:
    """Two years of one collection side by side."""

    def __init__(self, collection: Collection, before: int, after: int, meanings: Meanings):
        self.collection, self.before, self.after, self.meanings = collection, before, after, meanings
        self._items = {year: dict(_items_in(collection, year)) for year in (before, after)}

    def dates(self) -> Iterator[Change]:
        was, now = self.collection.facts[self.before], self.collection.facts[self.after]
        closes = [f"closed on {value_in_words(was.closes)}" if was.closes else "had no known closing day"]
        closes += [f"closes on {value_in_words(now.closes)}" if now.closes else "has no known closing day"]
        yield Change(
            "date", "amended", "census_day",
            f"Census day is {value_in_words(now.census_day)}; in {self.before} it was "
            f"{value_in_words(was.census_day)}. The census of {self.before} {closes[0]}; "
            f"that of {self.after} {closes[1]}.",
        )  # fmt: skip
        for name in sorted({*was.constants, *now.constants} - {"census_day", "year"}):
            yield from self._constant(name, was.constants.get(name), now.constants.get(name))

    def _constant(self, name: str, was: object, now: object) -> Iterator[Change]:
        """Dates move with the census and are not worth a line; amounts are."""
        title = self.collection.constant_titles.get(name, name)
        title = title[:1].upper() + title[1:]
        if was is None or now is None:
            given = value_in_words(was if now is None else now)
            text = (
                f"{title} was {given} and is no longer used."
                if now is None
                else f"{title} is {given}; it is new."
            )
            yield Change("date", "withdrawn" if now is None else "added", name, text)
        elif isinstance(was, (int, float)) and was != now:
            yield Change("date", "amended", name, f"{title} is {now}; it was {was}.")

    def tables(self) -> Iterator[Change]:
        for table in self.collection.tables.values():
            was, now = self.before in table.years, self.after in table.years
            if was != now:
                verb = "is collected" if now else "is no longer collected"
                yield Change("table", "added" if now else "withdrawn", table.name, f"{table.title} {verb}.")

    def items(self) -> Iterator[Change]:
        was, now = self._items[self.before], self._items[self.after]
        for key, (table, item) in {**was, **now}.items():
            if (key in was) != (key in now):
                yield self._item_came_or_went(table, item, added=key in now)
            else:
                yield from self._renamed(table, item)

    def _item_came_or_went(self, table: Table, item: Item, *, added: bool) -> Change:
        year = self.after if added else self.before
        names = " and ".join(element_names(self.collection, table.name, item.name, year)) or item.name
        checks = [
            r.code for r in self.collection.rules_in(year) if r.item == item.name and r.table == table.name
        ]
        numbers = sorted({code for code in checks if code[0].isdigit()})
        rules = f", checked by {', '.join(numbers)}" if numbers else ""
        verb = "is asked for" if added else "is no longer asked for"
        written = "" if item.title.endswith(f"({names})") else f" ({names})"
        about = f"{item.title}{written} of {table.title.lower()} {verb}{rules if added else ''}"
        guess = " This is provisional: " + item.note if item.provisional and added and item.note else ""
        return Change(
            "item", "added" if added else "withdrawn", f"{table.name}.{item.name}", f"{about}.{guess}"
        )

    def _renamed(self, table: Table, item: Item) -> Iterator[Change]:
        was, now = (
            element_names(self.collection, table.name, item.name, y) for y in (self.before, self.after)
        )
        if was != now and was and now:
            text = f"{item.title} is written as {' and '.join(now)}; it was {' and '.join(was)}."
            yield Change("item", "amended", f"{table.name}.{item.name}", text)

    def code_sets(self) -> Iterator[Change]:
        for code_set in self.collection.code_sets.values():
            sentences = list(_codes_changed(code_set, self.before, self.after))
            if sentences:
                yield Change(
                    "code set", "amended", code_set.name, f"{code_set.title}: {'; '.join(sentences)}."
                )

    def rules(self) -> Iterator[Change]:
        was, now = self._rules(self.before), self._rules(self.after)
        for rule in in_code_order(now.values()):
            other = was.get(rule.id) or _twin(rule, was, now)
            if other is None and not self._follows_item(rule):
                yield self._rule_added(rule)
            elif other is not None:
                yield from self._rule_amended(other, rule)
        for rule in in_code_order(was.values()):
            if rule.id not in now and not _twin(rule, now, was) and not self._follows_item(rule):
                said = message_in_words(rule, self.collection)
                text = f"{rule.code} on {self._title(rule)} is withdrawn. It said: {said}"
                yield Change("rule", "withdrawn", rule.code, text)

    def _rules(self, year: int) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.collection.rules_in(year)}

    def _follows_item(self, rule: Rule) -> bool:
        """A check of an item that came or went is told with the item."""
        key = (rule.table, rule.item or "")
        return bool(rule.check) and (key in self._items[self.before]) != (key in self._items[self.after])

    def _title(self, rule: Rule) -> str:
        return self.collection.tables[rule.table].title.lower()

    def _rule_added(self, rule: Rule) -> Change:
        sure = " This is provisional." if rule.provisional else ""
        said = message_in_words(rule, self.collection)
        text = f"{rule.code} on {self._title(rule)} is new, {_KINDS[rule.severity]}: {said}{sure}"
        return Change("rule", "added", rule.code, text)

    def _rule_amended(self, was: Rule, now: Rule) -> Iterator[Change]:
        parts, details = [], []
        if was.code != now.code:
            parts.append(f"takes the place of {was.code}, {_KINDS[was.severity]},")
        elif was.severity != now.severity:
            parts.append("is now a query, to be explained" if now.severity == "query" else "is now an error")
        if _test(was) != _test(now):
            parts.append("tests something else")
            details += [*self._words("Before, it failed when", was), *self._words("Now it fails when", now)]
        if was.message != now.message:
            parts.append("has another message")
            details += [
                f"Its message was: {message_in_words(was, self.collection)}",
                f"Its message is: {message_in_words(now, self.collection)}",
            ]
        elif was.fix != now.fix:
            parts.append("says otherwise what to do")
            details += [f"It now says: {fix_in_words(now, self.collection)}"]
        if parts:
            text = f"{now.code} on {self._title(now)} {_listed_in_words(parts)}."
            yield Change("rule", "amended", now.code, text, tuple(details))

    def _words(self, start: str, rule: Rule) -> Iterator[str]:
        first, *rest = self.meanings.get(meaning_key(rule), (rule.fails_when,))
        yield f"{start} {first}{'' if first.endswith(':') or rest else '.'}"
        yield from (f"  {line}" for line in rest)


def _items_in(collection: Collection, year: int) -> Iterator[tuple[tuple[str, str], tuple[Table, Item]]]:
    for table in collection.tables.values():
        if year in table.years:
            for item in table.items_in(year):
                yield (table.name, item.name), (table, item)


def _twin(rule: Rule, others: Mapping[str, Rule], own: Mapping[str, Rule]) -> Rule | None:
    """The rule whose number differs only in the Q of a query, where each year has just one of the two."""
    if not rule.has_official_number:
        return None
    name = rule.id[:-1] if rule.id.endswith("Q") else f"{rule.id}Q"
    return others.get(name) if name not in own and rule.id not in others else None


def _test(rule: Rule) -> tuple[object, ...]:
    return " ".join(rule.fails_when.split()), rule.scope, rule.group_by, rule.table, rule.tolerance


def _listed_in_words(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _codes_changed(code_set: CodeSet, before: int, after: int) -> Iterator[str]:
    was, now = code_set.in_force(before), code_set.in_force(after)
    if not was or not now:
        if was or now:
            yield f"the set {'came in' if now else 'ended'} with {count_of(len(was or now), 'code')}"
        return
    added = [f"{code} ({now[code].title})" for code in now if code not in was]
    dropped = [f"{code} ({was[code].title})" for code in was if code not in now]
    retitled = [
        f"{c} ({was[c].title}, now {now[c].title})" for c in now if c in was and was[c].title != now[c].title
    ]
    for words, codes in (("added", added), ("dropped", dropped), ("with another meaning", retitled)):
        if codes:
            yield f"{words} {_at_most(codes)}"


def _at_most(codes: list[str]) -> str:
    shown = ", ".join(codes[:_LISTED])
    return f"{shown} and {len(codes) - _LISTED:,} more" if len(codes) > _LISTED else shown
