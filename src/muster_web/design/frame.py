"""What surrounds the content of a page: who is looking, for whom they act, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Destination:
    """A place to go: an entry of a navigation, a breadcrumb, a link of the footer."""

    text: str
    href: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Banner:
    """A word and a sentence above every page; practice looks different from the real thing."""

    tag: str
    text: str
    practice: bool = False
    link: Destination | None = None


@dataclass(frozen=True)
class Frame:
    """Everything around the content; a page without one has the product's name and nothing else.

    ``sign_out_url`` is posted to; ``switch_url`` is a page where another organisation is chosen.
    """

    organisation: str = ""
    organisation_url: str = ""
    switch_url: str = ""
    navigation: tuple[Destination, ...] = ()
    person: str = ""
    account_url: str = ""
    sign_in_url: str = ""
    sign_out_url: str = ""
    banner: Banner | None = None
    footer: tuple[Destination, ...] = ()
    home_url: str = "/"

    @property
    def has_service(self) -> bool:
        """Whether there is anything to show in the service navigation."""
        return bool(self.organisation or self.navigation)
