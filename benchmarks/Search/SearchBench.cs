using System.Collections.Frozen;
using System.Diagnostics;
using Splitrail.CandidateSvc.Search;
using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.CandidateSvc.Search.Text;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Search;

/// <summary>Search over 100,000 items as candidate-svc answers it, in process on one thread: known items by mistyped and unfinished words, with facets; and how fast a new item is in.</summary>
internal sealed class SearchBench : IBench
{
    private const int Items = 100_000;
    private const int Queries = 2_000;
    private const int Scans = 40;
    private const int Updates = 200;
    private const int Shown = 5;

    public string Name => "search";

    public string Summary => "full-text search of 100,000 items: known items by mistyped and by unfinished words, beside a linear scan; a new item's way into the index";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["p99_ms"] = new(Max: 5),
        ["typo_top5_share"] = new(Min: 0.9),
    };

    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        ["typo_top5_share"] = new(Min: 0.9),
        ["prefix_top5_share"] = new(Min: 0.7),
        ["times_linear_scan"] = new(Min: 6),
        ["bytes_per_query"] = new(Max: 1_700),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
            MeasureSynthetic(figures, request);
            if (OnlineRetailTitles.Find() is { } titles)
                MeasureTitles(figures, titles, request);
            else
                request.Progress("the titles of Online Retail are not there and are left out");
            return (IReadOnlyDictionary<string, double>)figures;
        },
        cancellationToken);

    private static void MeasureSynthetic(SortedDictionary<string, double> figures, BenchRequest request)
    {
        var queries = request.Runs ?? Queries;
        request.Progress($"making and indexing {Items:N0} items");
        var items = SyntheticShop.Make(Items, request.Seed);
        var known = KnownItem.Of(items, queries, request.Seed);
        var (held, started) = (GC.GetTotalMemory(forceFullCollection: true), Stopwatch.GetTimestamp());
        var shop = new SearchedShop(items);
        figures["build_s"] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        figures["index_bytes_per_item"] = (GC.GetTotalMemory(forceFullCollection: true) - held + shop.VectorBytes) / (double)Items;

        request.Progress($"searching for {queries:N0} known items");
        Quality(figures, "", known, shop);
        var mixed = known.SelectMany(static (item, i) => (string[])[item.Mistyped, item.Unfinished, FirstWords(item.Exact, 1 + (i % 2))]).ToArray();
        Speed(figures, mixed, shop);

        request.Progress("scanning the titles instead");
        var scan = new LinearScan(items);
        var scanned = Latency.Of(mixed.Take(Scans).ToArray(), query => scan.Best(query, Shown));
        figures["linear_scan_p50_ms"] = scanned.P50Ms;
        figures["times_linear_scan"] = scanned.P50Ms / figures["p50_ms"];
        figures["linear_scan_typo_top5_share"] = Share(known[..Math.Min(Scans * 5, known.Length)], item => scan.Best(item.Mistyped, Shown).Contains(item.ItemId));
        MeasureUpdates(figures, shop, request.Seed);
    }

    private static void MeasureTitles(SortedDictionary<string, double> figures, CatalogItem[] titles, BenchRequest request)
    {
        request.Progress($"searching for known items of {titles.Length:N0} real titles");
        Quality(figures, "online_retail_", KnownItem.Of(titles, request.Runs ?? Queries, request.Seed), new SearchedShop(titles));
    }

    private static void Quality(SortedDictionary<string, double> figures, string prefix, KnownItem[] known, SearchedShop shop)
    {
        figures[$"{prefix}exact_top5_share"] = Share(known, item => shop.Finds(item.Exact, item.ItemId, Shown));
        figures[$"{prefix}typo_top5_share"] = Share(known, item => shop.Finds(item.Mistyped, item.ItemId, Shown));
        figures[$"{prefix}prefix_top5_share"] = Share(known, item => shop.Finds(item.Unfinished, item.ItemId, Shown));
    }

    private static void Speed(SortedDictionary<string, double> figures, string[] queries, SearchedShop shop)
    {
        var latency = Latency.Of(queries, query => shop.Search(query));
        (figures["p50_ms"], figures["p99_ms"]) = (latency.P50Ms, latency.P99Ms);
        figures["queries_per_core_second"] = latency.PerCoreSecond;
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var query in queries)
            shop.Search(query);
        figures["bytes_per_query"] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)queries.Length;
    }

    /// <summary>One new item after the other; the longest of them also pays for a background rebuild's hand-over.</summary>
    private static void MeasureUpdates(SortedDictionary<string, double> figures, SearchedShop shop, ulong seed)
    {
        var random = SplitMix64.Stream(seed, 3);
        var times = new double[Updates];
        for (var i = 0; i < Updates; i++)
        {
            var item = SyntheticShop.Item($"new{i:000}", ref random);
            times[i] = shop.Add(item with { Title = $"Novelty{i} {item.Title}", Stock = 1 });
            if (!shop.Finds($"novelty{i}", item.ItemId, 1))
                throw new InvalidOperationException($"{item.ItemId} was taken into the index and is not found.");
        }

        Array.Sort(times);
        (figures["update_p50_ms"], figures["update_p99_ms"]) = (times[Updates / 2], times[Updates * 99 / 100]);
    }

    private static double Share(KnownItem[] known, Func<KnownItem, bool> found) => known.Count(found) / (double)known.Length;

    private static string FirstWords(string query, int count) => string.Join(' ', query.Split(' ').Take(count));

    /// <summary>The engine and its searcher, as the service has them.</summary>
    private sealed class SearchedShop
    {
        private readonly SearchEngine _engine = new(Analyzers.Table.Get(Analyzers.English));
        private readonly Searcher _searcher = new(Analyzers.Table.Get(Analyzers.English), Synonyms.None);
        private Catalog _catalog;
        private SearchView _view;

        public SearchedShop(CatalogItem[] items)
        {
            _catalog = new Catalog(1, items.ToFrozenDictionary(static item => item.ItemId, StringComparer.Ordinal));
            _view = _engine.Apply(_catalog);
        }

        public long VectorBytes => _view.Main.Vectors.ResidentBytes;

        public SearchResponse Search(string query, int count = 10) =>
            _searcher.Search(new SearchRequest(query, count, ItemFilters.Default, Facets: true), _view, null);

        public bool Finds(string query, string itemId, int within) => Search(query, within).Items.Any(item => item.ItemId == itemId);

        /// <returns>Milliseconds from the changed catalogue to the index that has it.</returns>
        public double Add(CatalogItem item)
        {
            _catalog = new Catalog(_catalog.Version + 1, _catalog.Items, _catalog.Version, [item]);
            var started = Stopwatch.GetTimestamp();
            _view = _engine.Apply(_catalog);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }
}
