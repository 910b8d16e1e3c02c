"""The official establishment register: its files as rows, and its rows as organisations."""
