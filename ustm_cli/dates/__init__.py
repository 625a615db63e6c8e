"""Calendar facts and arithmetic: Buddhist era, fiscal periods, working days. Standard library only."""
