"""Every sentence that a person can meet, collected from the source."""
