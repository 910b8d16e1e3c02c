"""Changes people propose to the dictionary: what was proposed, said, decided and released."""
