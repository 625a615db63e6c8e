"""A plan file: read, placed, validated."""
