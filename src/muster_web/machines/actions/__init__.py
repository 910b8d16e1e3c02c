"""Everything that changes service accounts and subscriptions; nothing else writes them."""
