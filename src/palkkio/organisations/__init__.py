"""Counties and cities, their units, municipalities, opening hours, deadlines and paydays."""
