"""What happened: records, and the status they give."""
