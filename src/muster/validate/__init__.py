"""Stage 4: rules in, findings out."""

from muster.validate.validate import check, engine_settings, in_order

__all__ = ["check", "engine_settings", "in_order"]
