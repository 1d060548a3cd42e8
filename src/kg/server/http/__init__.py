"""HTTP messages: reading requests, negotiating formats, caching, problem replies."""
