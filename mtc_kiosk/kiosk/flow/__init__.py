"""What happens when: which page is on the screen, and what a press does there."""
