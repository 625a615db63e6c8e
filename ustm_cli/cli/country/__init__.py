"""Many folders of plans at once: a country's, expanded in several processes, remembered between runs."""
