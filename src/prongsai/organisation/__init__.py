"""Who may act: units, posts, appointments with acting orders, roles, and the trail of acts.

In: the municipality's chart and who holds which post when. Out: the actor behind every act, and the
posts and roles held on a day. Asked by every app below it.
"""
