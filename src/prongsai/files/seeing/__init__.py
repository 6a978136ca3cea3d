"""What is seen in a picture and not read: faces, cards with a face, signatures, seals.

A page's picture and its words come in, `rules.Sight`s go out. Asked for by `recognition`, in its own process.
"""
