using Splitrail.Contracts;

namespace Splitrail.Benchmarks.Search;

/// <summary>What it is measured against: every title looked at for every word of the query, the items with the most of them first.</summary>
internal sealed class LinearScan(IReadOnlyList<CatalogItem> items)
{
    private readonly (string Id, string Text)[] _texts = [.. items.Where(static item => item.Stock is not <= 0).Select(static item => (item.ItemId, $"{item.Title} {item.Category}".ToLowerInvariant()))];

    public string[] Best(string query, int count)
    {
        var words = query.Split(' ');
        var best = new PriorityQueue<string, (int Words, int At)>();
        for (var i = 0; i < _texts.Length; i++)
        {
            var having = 0;
            foreach (var word in words)
                having += _texts[i].Text.Contains(word, StringComparison.Ordinal) ? 1 : 0;
            if (having == 0)
                continue;
            if (best.Count < count)
                best.Enqueue(_texts[i].Id, (having, -i));
            else
                best.EnqueueDequeue(_texts[i].Id, (having, -i));
        }

        var found = new string[best.Count];
        for (var place = found.Length - 1; place >= 0; place--)
            found[place] = best.Dequeue();
        return found;
    }
}
