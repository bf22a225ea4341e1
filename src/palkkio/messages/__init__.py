"""Comments between carer and staff; notices; call-back requests."""
