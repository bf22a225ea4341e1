"""Files received and issued."""
