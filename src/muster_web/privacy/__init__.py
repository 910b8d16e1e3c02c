"""Privacy: what is hidden, how long things are kept, what people were told, and who may be given what."""
