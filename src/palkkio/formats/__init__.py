"""Files as pure writers: values in, bytes out. See README.md."""
