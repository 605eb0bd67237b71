"""URLs: taken apart and compared, what is wrapped around them, what their routes say, what in them is a secret."""
