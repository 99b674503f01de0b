"""Git's merge driver: two branches that edit a stamped file never conflict in the stamp alone."""
