"""Programs that run inside the peers' own environment and know nothing of Muster."""
