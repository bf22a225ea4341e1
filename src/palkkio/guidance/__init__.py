"""Instructions and news: what people read to use the service."""
