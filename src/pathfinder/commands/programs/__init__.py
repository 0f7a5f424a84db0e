"""Commands about the agency's own list of programs and meetings."""
