"""What the county's staff see."""
