"""What an authority plans and offers on the same data: funding, places, courses."""
