"""The service under load: its pages over a million findings, uploads through real processes, decisions on many."""
