"""Hands for coding agents: the tools that `inboxwright mcp` offers over the Model Context Protocol."""
