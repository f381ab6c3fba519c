"""The tests of the store: real SQLite files, real processes, and a plain model beside them."""
