"""What the desk offers kiosks over HTTPS (``docs/api.md``): read a message, call the office once, answer in JSON."""
