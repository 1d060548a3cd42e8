"""What changed between two graphs: the records, the conclusions drawn from them, and the claim behind each conclusion.

``records`` compares terms and claims as they were written; ``conclusions`` compares what follows (the answers of the
library, the certainty with which a nutrient status reaches a finding, the verdicts on the articles); ``blame`` finds the
claim responsible by leaving it out; ``report`` tells it all.
"""
