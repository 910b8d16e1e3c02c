"""What people with bad intentions try, through pages and API: each is refused, in words, and nothing comes of it."""
