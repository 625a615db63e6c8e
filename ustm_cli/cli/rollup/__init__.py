"""One data set of the obligations below many folders."""
