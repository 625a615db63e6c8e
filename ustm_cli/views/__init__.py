"""Reports: a frozen type and one pure function each. No file, no clock, no text of an interface."""
