"""Machines that act for an organisation: their accounts, secrets and tokens, and the notices sent to them."""
