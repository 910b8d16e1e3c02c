"""The Learning Records Service behind one door: a simulator of this deployment, or by hand where none is set up."""

from muster_web.transfers.learning_records.door import LearningRecords, service

__all__ = ["LearningRecords", "service"]
