"""What a person sees of a text or HTML body: lines, the links on them, and what is set apart."""
