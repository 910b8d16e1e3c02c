"""Pages about audit and privacy: what was done, what is kept, what people were told, who is given what."""
