"""Plans with their indicators, the figures computed for them from returns, and the quarters reported on."""
