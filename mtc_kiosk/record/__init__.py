"""Records: what travels, in canonical bytes, hashed and signed. It knows no database, no file and no network."""
