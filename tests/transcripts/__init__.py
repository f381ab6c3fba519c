"""Golden transcripts: what every command says, writes and keeps, on a made-up school."""
