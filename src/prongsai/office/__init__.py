"""The staff's shell: sign-in, inbox, lists, writing, screening, deciding, and the trail of acts.

In: what staff click. Out: acts of the apps above. Asked by nobody.
"""
