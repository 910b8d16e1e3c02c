"""What every test of the service may ask for."""

from __future__ import annotations

from tests.web.browser import chromium, page

__all__ = ["chromium", "page"]
