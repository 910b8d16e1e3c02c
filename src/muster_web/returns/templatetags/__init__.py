"""Template tags about returns."""
