"""Copy a deployment's database and files to a folder, and put such a copy back."""

from muster_web.operations.backup.restoring import restore
from muster_web.operations.backup.saving import Saved, save

__all__ = ["Saved", "restore", "save"]
