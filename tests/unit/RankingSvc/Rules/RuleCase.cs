using System.Collections.Frozen;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Feeds;
using Splitrail.Merchandising;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Rules;
using Splitrail.Tests.Unit.Retrieval;

namespace Splitrail.Tests.Unit.RankingSvc.Rules;

/// <summary>Items i0, i1, … by falling score, a category each, under the rules of a test.</summary>
internal sealed class RuleCase
{
    private readonly RankRequest _request = new(UserContext.Empty, [], CandidateColumns.Empty, 0, ItemFilters.Default, null, null, RetrievalTestModels.AsOfMs);

    public RuleCase(int wanted, string[] categories, params BusinessRule[] rules)
    {
        CatalogItem[] entries = [.. categories.Select(static (category, i) => new CatalogItem($"i{i}", "", category, 1, 1))];
        Catalog = new Catalog(1, entries.Append(new CatalogItem("extra", "", "extra", 1, 1)).Append(new CatalogItem("sold", "", "extra", 1, 0)).ToFrozenDictionary(static item => item.ItemId));
        Rules = RuleBook.Of(new ControlSnapshot(1, "", 0, null, [], new Dictionary<string, bool>(), Rules: rules)).For(default, new AudienceFacts(null, null, 0));
        Trace = new RuleTrace(Rules, isWanted: true);
        Slate.Fill([.. entries.Select(static (entry, i) => new Offer(i, entry.ItemId, -1, 0, entry))], wanted);
        for (var i = 0; i < categories.Length; i++)
            Slate.Shown.Span[i] = 1f - (i / 100f);
        Slate.TakeShown(ordered: true);
    }

    public Catalog Catalog { get; }

    public ActiveRules Rules { get; }

    public RuleTrace Trace { get; }

    public Slate Slate { get; } = new();

    public IReadOnlyList<string> Order => [.. Slate.Order.ToArray().Select(place => Slate.Offers[place].ItemId)];

    public List<PinnedItem>? Pin(RankRequest? request = null) => Pins.Of(Rules, new OfferFilter(request ?? _request, Catalog, Rules), Trace);

    public static BusinessRule Of(string id, string kind, string category, double? factor = null, double? share = null, int priority = 0) =>
        new(id, kind, [new ItemCondition(ItemFields.Category, ItemOperators.EqualTo, [category])], factor, Share: share, Priority: priority);

    public static BusinessRule PinOf(string id, string item, int position, int priority = 0) => new(id, RuleKinds.Pin, [], ItemId: item, Position: position, Priority: priority);
}
