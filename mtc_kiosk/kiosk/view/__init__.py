"""What a screen says, as values: scenes, controls, words. It draws nothing."""
