namespace Splitrail.Retrieval;

/// <summary>The first allowed items of an order that is the same for everybody.</summary>
internal sealed class OrderedSource(string name, Func<ItemOrders, int[]> order) : ICandidateSource
{
    public string Name => name;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota) => scratch.ProposeInOrder(order(scratch.Orders), query, quota);
}
