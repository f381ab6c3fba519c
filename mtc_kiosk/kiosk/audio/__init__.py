"""Sound: recordings, the queue of speech, the speaker."""
