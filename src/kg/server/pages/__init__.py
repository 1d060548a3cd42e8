"""The pages for people: plain HTML from templates, made in worker processes of their own."""
