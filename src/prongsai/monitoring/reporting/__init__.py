"""The yearly report: what the record and the trail of acts say of one fiscal year, in tables to be counted again.

In: entries, observations, decisions, findings and acts of the year. Out: `Report`, its JSON, and the body of a draft
that an officer edits. Only counts and the names of duties, units and sections get in. In Thai whatever the screen
speaks: it is an official document.
"""
