"""What any RDF program has: namespaces and prefixes, the closed lists of the vocabulary, the description of the dataset."""
