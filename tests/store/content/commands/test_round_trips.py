"""How many statements a command sends: each is a round trip that its author waits for."""

from tests.store.content.commands.desk import Desk

from masthead.content.commands import Create, Publish, Save
from masthead.store import measured


async def test_a_save_sends_five_statements(desk: Desk) -> None:
    """The lock; the entry with its revisions; registry; the draft's row; events and audit. The entries that
    it refers to are asked for only where there are any."""
    made = await desk.page()
    async with measured(has_texts=True) as spent:
        await desk.run(Save(made.entry, made.head, {"title": "B"}))
    assert spent.statements == 5, spent.texts


async def test_references_that_stay_cost_one_statement(desk: Desk) -> None:
    """Their rows are not written again."""
    author = await desk.author_entry()
    made = await desk.post(authors=[str(author.entry)])
    async with measured(has_texts=True) as spent:
        await desk.run(Save(made.entry, made.head, {"title": "B"}))
    assert spent.statements == 6, spent.texts


async def test_publishing_again_sends_seven_statements_at_most(desk: Desk) -> None:
    """As a save does; the generation comes with the events, last of all, so that nobody waits for it longer
    than the commit takes; and after the commit who answers from memory."""
    author = await desk.public(await desk.author_entry())
    made = await desk.save(await desk.public(await desk.post(authors=[str(author.entry)])), title="B")
    async with measured(has_texts=True) as spent:
        await desk.run(Publish(made.entry, made.head))
    # NOTIFY goes by without being counted: it is sent after the commit.
    assert spent.statements == 7, spent.texts


async def test_a_first_publication_sends_twelve_statements(desk: Desk) -> None:
    """The same; who has the address; who refers to it; the moment, in the draft; its lists of references, at
    once; its address."""
    author = await desk.public(await desk.author_entry())
    tag = await desk.public(await desk.one(Create("Tag", {"name": "Ideas"})))
    made = await desk.post(authors=[str(author.entry)], tags=[str(tag.entry)])
    async with measured(has_texts=True) as spent:
        await desk.run(Publish(made.entry, made.head))
    assert spent.statements == 12, spent.texts
