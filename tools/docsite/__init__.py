"""The parts of the documentation site: the server's pages as files, the handbook, and the links between them."""
