"""What the code says: definitions, signatures, bodies, bases. Nothing here knows a convention."""
