"""Letters on their way: channels, retries, and the ledger of what was sent. Time and sleep are arguments."""
