"""A password is long and not easily guessed; nothing is asked of the signs in it."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from muster_web.accounts.models import User

SAM = User(email="samantha@ashcombe.example", name="Samantha Fieldhouse")


@pytest.mark.parametrize(
    "password",
    [
        "elevensigns", "passwordpassword", "Password123456!", "123456789012", "qwertyuiopas", "abcabcabcabc",
        "aaaaaaaaaaaaaaaa", "letmeinletmein1", "footballdragon", "samantha@ashcombe.example",
    ],
)  # fmt: skip
def test_a_password_that_is_short_or_easily_guessed_is_refused(password) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, SAM)


@pytest.mark.parametrize(
    "password",
    ["otter lantern gravel", "ottelanterngravel", "nnvvmmkkqqyyaazz", "twelve signs", "Grüße aus dem Süden"],
)
def test_words_without_capitals_figures_or_signs_will_do(password) -> None:
    validate_password(password, SAM)
