using System.Collections.Frozen;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>
/// Categories for a shop that has none: what an item IS, read off its title. English titles put the head noun last, before its finish ("LUNCH BAG RED
/// RETROSPOT"). Words that say how a thing looks are passed over; a noun that ends enough titles is a category, and a title belongs to the last
/// one it holds.
/// </summary>
internal sealed class HeadNounCategories
{
    public const string Other = "other";

    private const int LeastTitles = 10;

    private static readonly FrozenSet<string> Finishes = FrozenSet.ToFrozenSet((
        "RED BLUE PINK GREEN WHITE BLACK CREAM IVORY GOLD SILVER PURPLE BROWN GREY YELLOW ORANGE NATURAL CLEAR TURQUOISE AMETHYST AQUA " +
        "CRYSTAL COLOUR MULTI PASTEL METAL WOOD WOODEN GLASS ZINC ENAMEL PAPER LACE FELT PORCELAIN CERAMIC BRASS COPPER IRON DIAMANTE " +
        "WICKER PEARL SHELL PAINTED EMBROIDERED BEADED FLOCK SET PACK PAIR DESIGN ASSORTED SIZE LARGE SMALL MEDIUM MINI GIANT BIG LITTLE " +
        "TALL LONG SHORT ROUND SQUARE OVAL HANGING VINTAGE ANTIQUE CLASSIC TRADITIONAL FOLDING RETROSPOT POLKADOT SPOT STRIPE PAISLEY CHECK " +
        "GINGHAM FLORAL ROSE DAISY SKULL SPACEBOY WOODLAND PARADE LONDON PARIS FRENCH EDWARDIAN VICTORIAN REGENCY JACK UNION FLAG COTTAGE " +
        "HEART FLOWER STAR TREE BIRD LEAF APPLE RABBIT BUNNY BUTTERFLY OWL CAT DOG DUCK ANGEL FAIRY DOLLY STRAWBERRY CHERRY FRUIT CAKE " +
        "SWEET CHOCOLATE BABUSHKA CHICK SNOWFLAKE REINDEER CHRISTMAS EASTER BIRTHDAY PARTY HOME GARDEN KITCHEN GIRL BOY LADY GENTLEMAN BABY " +
        "CHILD CHILDREN LOVE FONT STYLE SHAPE AND").Split(' '));

    private static readonly string[] HissingPlurals = ["XES", "CHES", "SHES", "SSES"];
    private static readonly string[] Prepositions = [" WITH ", " W ", " IN ", " ON ", " FOR ", " FROM "];

    private readonly FrozenSet<string> _nouns;

    private HeadNounCategories(FrozenSet<string> nouns) => _nouns = nouns;

    public static HeadNounCategories Learn(IEnumerable<string> titles) => new(titles
        .Select(title => NounsOf(title).LastOrDefault())
        .OfType<string>()
        .CountBy(noun => noun)
        .Where(noun => noun.Value >= LeastTitles)
        .Select(noun => noun.Key)
        .ToFrozenSet());

    /// <summary>In lower case and singular; <see cref="Other"/> when the title holds no frequent noun.</summary>
    public string CategoryOf(string title) => NounsOf(title).LastOrDefault(_nouns.Contains)?.ToLowerInvariant() ?? Other;

    private static IEnumerable<string> NounsOf(string title)
    {
        var upper = title.ToUpperInvariant();
        var head = Prepositions.Select(word => upper.IndexOf(word, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(upper.Length).Min();
        return upper[..head].Split([' ', ',', '/', '+', '&'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.', '*', '"', '\'', '-', '(', ')'))
            .Where(word => word.Length >= 3 && !word.Any(char.IsDigit) && !Finishes.Contains(word))
            .Select(Singular)
            .Where(word => !Finishes.Contains(word));
    }

    private static string Singular(string word) => word switch
    {
        _ when word.Length > 4 && word.EndsWith("IES", StringComparison.Ordinal) => word[..^3] + 'Y',
        _ when HissingPlurals.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)) => word[..^2],
        _ when word.Length > 3 && word.EndsWith('S') && !word.EndsWith("SS", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };
}
