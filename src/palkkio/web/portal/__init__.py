"""What carers and contractors see."""
