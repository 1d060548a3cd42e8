"""The causal graph of states and claims, and the reasoning on it: paths, explanations, corrections."""
