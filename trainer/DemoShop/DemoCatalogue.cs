using Splitrail.Contracts;
using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>Makes the items: titles (no two equal), prices, stock, character and popularity.</summary>
internal sealed class DemoCatalogue(DemoShopOptions options, Tastes tastes)
{
    private const double PriceSpread = 0.45;
    private const double ShareOutOfStock = 0.04;

    private readonly HashSet<string> _titles = new(StringComparer.Ordinal);

    public DemoItem[] Make()
    {
        var random = SplitMix64.Stream(options.Seed, Streams.Catalogue);
        var ranks = Shuffled(options.Items, ref random);
        var items = new DemoItem[options.Items];
        for (var i = 0; i < items.Length; i++) items[i] = MakeItem(i, ranks[i], ref random);
        return items;
    }

    private DemoItem MakeItem(int number, int rank, ref SplitMix64 random)
    {
        var index = CategoryChoice.Draw(ref random);
        var category = DemoCategory.All[index];
        var style = random.NextInt(DemoWords.Styles.Length);
        var (title, attributes) = Name(category, style, ref random);
        var price = Price(category.MedianPrice, ref random);
        var relative = Math.Clamp((price / category.MedianPrice) - 1, -1, 2);
        var listing = new CatalogItem($"sku-{number + 1:D5}", title, category.Name, (decimal)price, Stock(ref random), Attributes: attributes);
        return new DemoItem(listing, index, tastes.CharacterOf(index, style, ref random), relative, ItemPopularity.Draw(rank, options.Days, ref random));
    }

    private (string Title, Dictionary<string, string> Attributes) Name(DemoCategory category, int style, ref SplitMix64 random)
    {
        while (true)
        {
            var maker = Any(DemoWords.Makers, ref random);
            var material = Any(category.Materials, ref random);
            var title = $"{maker} {DemoWords.Styles[style]} {material} {Any(category.Nouns, ref random)}";
            if (!_titles.Add(title)) continue;
            return (title, new Dictionary<string, string> { ["maker"] = maker, ["style"] = DemoWords.Styles[style], ["material"] = material });
        }
    }

    /// <summary>Log-normal, ending in .50 or .95 like prices do.</summary>
    private static double Price(double median, ref SplitMix64 random)
    {
        var price = median * PortableMath.Exp(PriceSpread * random.NextNormal());
        return Math.Max(1, Math.Floor(price)) + (random.NextDouble() < 0.5 ? 0.5 : 0.95);
    }

    private static int Stock(ref SplitMix64 random) =>
        random.NextDouble() < ShareOutOfStock ? 0 : 1 + (int)(40 * PortableMath.Exp(random.NextNormal()));

    private static string Any(string[] words, ref SplitMix64 random) => words[random.NextInt(words.Length)];

    private static int[] Shuffled(int count, ref SplitMix64 random)
    {
        var numbers = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
        }
        return numbers;
    }
}
