"""The same actions for machines."""
