using Splitrail.Contracts;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Search;

/// <summary>A page of a search before the filters of serving, with what belongs to it.</summary>
/// <param name="ModelVersion">As in <see cref="RankedList"/>.</param>
/// <param name="Items">The page.</param>
/// <param name="Answer">Total, facets and the rest.</param>
internal sealed record FoundList(string? ModelVersion, IReadOnlyList<RankedItem> Items, SearchResponse Answer)
    : RankedList(ModelVersion, [], Items, Answer.Total, ModelVersion)
{
    private static readonly Dictionary<string, string[]> s_sources =
        SearchMatches.All.ToDictionary(static match => match, static match => new[] { match }, StringComparer.Ordinal);

    public static FoundList Of(SearchResponse response)
    {
        var items = new RankedItem[response.Items.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = new RankedItem(response.Items[i].ItemId, response.Items[i].Score, SourcesOf(response.Items[i].Match));
        return new FoundList(response.ModelVersion, items, response);
    }

    /// <summary>A service of an older release says nothing of matches, and knows those by words only.</summary>
    private static string[] SourcesOf(string? match) => s_sources.GetValueOrDefault(match ?? SearchMatches.Words, s_sources[SearchMatches.Words]);
}
