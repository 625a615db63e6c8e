"""What ustm costs beside its peers: plans to measure with, stopwatches, and the table of goals (`make bench`)."""
