"""Send records to a folder or a memory stick and receive them from one. It moves records and decides nothing else."""
