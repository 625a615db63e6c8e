"""The settings of the day's letter: people, addresses and channels, checked like a plan (`ustm.yaml`)."""

FILE = "ustm.yaml"
