"""What other tools that look for secrets were told to accept, read so that it stays accepted."""
