"""Records: what travels, in canonical bytes, hashed and signed. No database, no files, no network."""
