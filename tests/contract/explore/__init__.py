"""The explorer against applications that nobody made for it."""
