using Splitrail.Contracts;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Search;

/// <summary>A seeded catalogue of titles such as "Thornwick vintage ceramic teapot with lid, blue".</summary>
internal static class SyntheticShop
{
    public static CatalogItem[] Make(int count, ulong seed)
    {
        var random = SplitMix64.Stream(seed, 1);
        var items = new CatalogItem[count];
        for (var i = 0; i < count; i++)
            items[i] = Item($"p{i:000000}", ref random);
        return items;
    }

    public static CatalogItem Item(string id, ref SplitMix64 random)
    {
        var (category, things) = One(ShopWords.Shelves, ref random);
        var maker = One(ShopWords.NameBeginnings, ref random) + One(ShopWords.NameEnds, ref random);
        var extra = random.NextInt(2) == 0 ? "" : $" with {One(ShopWords.Extras, ref random)}";
        var title = $"{maker} {One(ShopWords.Adjectives, ref random)} {One(ShopWords.Materials, ref random)} {One(things, ref random).Replace('-', ' ')}{extra}, "
            + $"{One(ShopWords.Colours, ref random)}{(random.NextInt(4) == 0 ? $" {2 + random.NextInt(11)} pcs" : "")}";
        // Many cheap things, few dear ones.
        var price = Math.Round((decimal)Math.Exp(5.5 * random.NextDouble() * random.NextDouble()) + 0.49m, 2);
        return new CatalogItem(id, title, category, price, random.NextInt(20) == 0 ? 0 : 1 + random.NextInt(50), Attributes: new Dictionary<string, string> { ["maker"] = maker });
    }

    private static T One<T>(IReadOnlyList<T> of, ref SplitMix64 random) => of[random.NextInt(of.Count)];
}
