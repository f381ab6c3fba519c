"""What is heard: recordings, the queue of speech, the speaker."""
