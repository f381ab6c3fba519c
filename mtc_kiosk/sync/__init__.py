"""Records go to a folder or a memory stick and come from one. It moves records and takes no decision about them."""
