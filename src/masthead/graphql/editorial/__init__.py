"""What the editorial schema adds to that of drafts: mutations, what is registered of an entry, releases.

`masthead.graphql.schema` and `masthead.graphql.editing` import its modules: what stands between them would
otherwise stand in a circle.
"""
