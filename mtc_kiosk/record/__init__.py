"""Records: canonical bytes, hashes and, later, signatures. It knows no database and no network."""
