"""One module a command: its options, and the way from them to an answer."""
