"""From bytes to parts: MIME structure, header fields, charsets, and who vouches for the sender."""
