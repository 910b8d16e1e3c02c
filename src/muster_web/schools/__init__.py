"""One file for each school: what was published and returned of it, what people noted, and what it says to that."""
