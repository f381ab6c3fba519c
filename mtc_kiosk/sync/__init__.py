"""Records go to a folder or a memory stick and come from one. It moves records and decides nothing about them."""
