"""The SPARQL 1.1 protocol: requests, the guard against costly queries, execution, the service description."""
