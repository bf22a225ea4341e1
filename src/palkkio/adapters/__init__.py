"""Other people's services, each with a small server of ours beside it that stands in for it in demo and tests."""
