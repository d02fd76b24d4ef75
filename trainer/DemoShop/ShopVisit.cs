using Splitrail.Contracts;
using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>
/// Somebody comes, looks at some things by himself as people do in the shop's history, and is shown a list then. What he does with the list follows from his taste and from nothing
/// else: each place is looked at less often than the one before (by 1 / log2, as NDCG weighs them), an item of another category than the visit's in a quarter of these cases (in the
/// history he would look at one in a hundred), and who looks clicks and buys by the shop's own <see cref="ClickModel"/>.
/// </summary>
internal sealed class ShopVisit
{
    private const double OtherCategory = 0.25;
    private const double ShareOfGuests = 0.7;
    private const double LooksAgain = 0.6;
    private const double BuysWhatIsInTheCart = 0.5;

    private readonly DemoPopulation _population;
    private readonly Shopper _who;
    private readonly double[] _intent;
    private readonly int _category;
    private SplitMix64 _random;

    private ShopVisit(DemoPopulation population, DemoShopOptions shop, int number, ulong seed)
    {
        _population = population;
        _random = SplitMix64.Stream(seed, (3UL << 40) + (ulong)number);
        Session = $"visit-{seed}-{number}";
        // A known user once at most: a person is counted once.
        var isGuest = number >= shop.Users || _random.NextDouble() < ShareOfGuests;
        _who = isGuest ? population.NewGuest(number) : population.User(number);
        UserId = isGuest ? null : $"u{number + 1:D5}";
        var before = population.Walk(_who, 1 + (_random.NextDouble() < LooksAgain ? 1 + _random.NextInt(3) : 0), ref _random);
        Opened = [.. before.Where(static row => row.Type == EventTypes.Click).Select(static row => row.ItemId)];
        _category = population.Find(before[0].ItemId)!.Category;
        _intent = (double[])_who.Taste.Clone();
        foreach (var opened in Opened)
            Tastes.Add(_intent, population.Find(opened)!.Character, Visit.PullOfOpened);
    }

    public string Session { get; }

    public string? UserId { get; }

    /// <summary>What was clicked before the list was shown, oldest first.</summary>
    public IReadOnlyList<string> Opened { get; }

    public static ShopVisit Of(DemoPopulation population, DemoShopOptions shop, int number, ulong seed) => new(population, shop, number, seed);

    /// <param name="shown">The list, best first.</param>
    /// <returns>What he does with it, in order: type and item.</returns>
    public IReadOnlyList<(string Type, string ItemId, decimal Price)> ReactTo(IReadOnlyList<string> shown)
    {
        List<(string, string, decimal)> done = [.. shown.Select(static item => (EventTypes.Impression, item, 0m))];
        for (var place = 0; place < shown.Count; place++)
        {
            if (_population.Find(shown[place]) is not { } item || !LooksAt(item, place))
                continue;
            var appeal = ClickModel.Appeal(_who, item, _intent);
            if (_random.NextDouble() >= ClickModel.ChanceOfClick(appeal))
                continue;
            done.Add((EventTypes.Click, shown[place], 0));
            if (_random.NextDouble() >= ClickModel.ChanceOfCart(_who, item, appeal))
                continue;
            done.Add((EventTypes.AddToCart, shown[place], 0));
            if (_random.NextDouble() < BuysWhatIsInTheCart)
                done.Add((EventTypes.Purchase, shown[place], item.Listing.Price!.Value));
        }

        return done;
    }

    private bool LooksAt(DemoItem item, int place) => _random.NextDouble() < (item.Category == _category ? 1 : OtherCategory) / Math.Log2(place + 2);
}
