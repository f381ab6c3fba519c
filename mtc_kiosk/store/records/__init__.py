"""Records: sealed, sent, taken in, proven and matched with pupils."""
