namespace Splitrail.Contracts;

/// <summary>What a shop's owner wants of the lists, whatever the models say.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Kind">One of <see cref="RuleKinds"/>.</param>
/// <param name="Conditions">All must hold for an item to be meant; of a pin none.</param>
/// <param name="Factor">Of boost and bury: the score counts so many times as much; 0 buries behind all others.</param>
/// <param name="ItemId">Of a pin.</param>
/// <param name="Position">Of a pin, from 1.</param>
/// <param name="Share">Of a promotion: at least this part of the places, above 0 and up to 1.</param>
/// <param name="FromMs">Unix milliseconds; null is always.</param>
/// <param name="UntilMs">The rule no longer holds at this moment; null is for ever.</param>
/// <param name="Audience">All must hold for the shopper; null is everybody.</param>
/// <param name="Priority">Rules of a higher one come first, those of the same one by id.</param>
public sealed record BusinessRule(
    string Id,
    string Kind,
    IReadOnlyList<ItemCondition> Conditions,
    double? Factor = null,
    string? ItemId = null,
    int? Position = null,
    double? Share = null,
    long? FromMs = null,
    long? UntilMs = null,
    IReadOnlyList<AudienceRule>? Audience = null,
    int Priority = 0);

/// <summary>One condition on an item's catalogue entry. What is not known of an item fulfils none but <see cref="ItemOperators.NotIn"/>.</summary>
/// <param name="Field">One of <see cref="ItemFields"/>, or <see cref="ItemFields.Attribute"/> with the name of an attribute.</param>
/// <param name="Operator">One of <see cref="ItemOperators"/>.</param>
/// <param name="Values">Texts, or numbers written as text; how many depends on the operator.</param>
public sealed record ItemCondition(string Field, string Operator, IReadOnlyList<string> Values);

public static class RuleKinds
{
    /// <summary>Counts more.</summary>
    public const string Boost = "boost";

    /// <summary>Counts less, or stands behind all others.</summary>
    public const string Bury = "bury";

    /// <summary>Stands at a place.</summary>
    public const string Pin = "pin";

    /// <summary>Is not shown, in no list at all.</summary>
    public const string Filter = "filter";

    /// <summary>Has a share of the places.</summary>
    public const string Promote = "promote";

    public static IReadOnlyList<string> All { get; } = [Boost, Bury, Pin, Filter, Promote];
}

public static class ItemFields
{
    public const string Category = "category";
    public const string ItemId = "item_id";
    public const string Price = "price";

    /// <summary>Pieces; unknown where the shop does not track them.</summary>
    public const string Stock = "stock";

    /// <summary>Before an attribute's name: <c>attribute.brand</c>.</summary>
    public const string Attribute = "attribute.";

    public static IReadOnlyList<string> Numbers { get; } = [Price, Stock];

    public static IReadOnlyList<string> All { get; } = [Category, ItemId, Price, Stock, Attribute + "NAME"];
}

/// <summary>Texts compare ordinally without case, item ids with it; numbers are invariant decimals.</summary>
public static class ItemOperators
{
    public const string EqualTo = "equals";
    public const string In = "in";
    public const string NotIn = "not_in";

    /// <summary>The text has this one in it: for attributes that list several things.</summary>
    public const string Contains = "contains";

    public const string Greater = "gt";
    public const string AtLeast = "gte";
    public const string Less = "lt";
    public const string AtMost = "lte";

    public static IReadOnlyList<string> Texts { get; } = [EqualTo, In, NotIn, Contains];

    public static IReadOnlyList<string> Numbers { get; } = [EqualTo, Greater, AtLeast, Less, AtMost];
}

/// <param name="Category">The category, or <see cref="Global"/>.</param>
/// <param name="Weights">Of its items.</param>
public sealed record CategoryWeights(string Category, ScoreWeights Weights)
{
    /// <summary>Stands for all categories that have no weights of their own.</summary>
    public const string Global = "global";
}

/// <summary>
/// How the parts of a score are put together: the mean of the parts, each brought to 0..1 within the request, by these weights. The default is the ranker alone, whose probabilities stay as they are.
/// </summary>
/// <param name="Ranker">The ranker's probability.</param>
/// <param name="UserProductAffinity">Collaborative filtering: the folded-in factorisation's score.</param>
/// <param name="Popularity">Of the last seven days, steadied by longer windows.</param>
/// <param name="Freshness">1 for a new item, half of it after 30 days.</param>
/// <param name="Price">1 at the shopper's usual price, 0 at four times or a quarter of it; 0 for all when nothing is known of the shopper.</param>
/// <param name="Content">What the content source says; 0 for all where no source gives it.</param>
public sealed record ScoreWeights(
    double Ranker = 1, double UserProductAffinity = 0, double Popularity = 0, double Freshness = 0, double Price = 0, double Content = 0)
{
    public static ScoreWeights Default { get; } = new();
}
