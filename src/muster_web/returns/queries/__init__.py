"""Everything that reads returns for pages and the API; each takes the viewer and shows no more than they may see."""
