"""Reports: their words, and each as one page."""
