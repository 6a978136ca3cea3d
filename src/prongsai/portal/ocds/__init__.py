"""Procurement tables in OCDS 1.1.5: what an edition says, for programs that compare the buying of many bodies.

In: the tables of current editions, as the record has them. Out: releases, and the packages in which they go out.
"""
