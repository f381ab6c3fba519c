"""Records: seal, send, receive and prove them, and match them with pupils."""
