using Splitrail.Contracts;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.Recommendations;

namespace Splitrail.Gateway.PopularList;

/// <summary>The gateway's own popular list, in memory: what is left when candidate-svc is away.</summary>
internal sealed class PopularItems
{
    public static IReadOnlyList<string> Sources { get; } = ["popular"];

    private volatile RankedList? _list;

    /// <summary>Null when none was ever received or read.</summary>
    public RankedList? Current => _list;

    public void Take(ScoredItemsResponse list) => _list = RankedLists.Of(list, Sources);
}
