"""Care contracts and commissions with their dated terms."""
