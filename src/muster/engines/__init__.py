"""The SQL engines, and the only place that knows a database driver."""

from muster.engines.base import KEY_SHIFT, Answer, Engine, Settings, place_and_key, shifted_key
from muster.engines.start import ENGINE_NAMES, TABLES_ENGINES, engine_for, start_engine

__all__ = [
    "ENGINE_NAMES",
    "KEY_SHIFT",
    "TABLES_ENGINES",
    "Answer",
    "Engine",
    "Settings",
    "engine_for",
    "place_and_key",
    "shifted_key",
    "start_engine",
]
