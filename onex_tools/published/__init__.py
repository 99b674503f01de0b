"""What is published of the stamp's format, made from the code: tables of kinds, test vectors."""
