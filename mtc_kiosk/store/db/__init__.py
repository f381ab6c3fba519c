"""The database itself: opened, migrated, read, written and checked for damage."""
