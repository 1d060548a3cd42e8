"""What changed between two graphs: the records, the conclusions drawn from them, and the claim behind each conclusion.

``side`` takes out of the earlier graph what is compared, so that it can go; ``records`` compares terms and claims as they
were written; ``conclusions`` compares what follows (the answers of the library, the certainty with which a nutrient status
reaches a finding, the verdicts on the articles); ``blame`` finds the claim responsible by putting it back; ``report`` holds
it all and ``telling`` writes it.
"""
