namespace Splitrail.Contracts;

/// <summary>Names with a meaning of their own; no id can be one of them, because ids have no '@'.</summary>
public static class ReservedNames
{
    /// <summary>Experiment and arm of the slots that are held out.</summary>
    public const string Holdout = "@holdout";
}

/// <summary>How a layer makes a slot of a unit.</summary>
public static class LayerHashes
{
    /// <summary>Microsoft.FeatureManagement's percentile (SHA-256): its clients give the same arm. The default.</summary>
    public const string Compatible = "compatible";

    /// <summary>xxHash64: several times faster, and no FeatureManagement client knows it, so such a layer is not exported.</summary>
    public const string Fast = "fast";

    /// <summary>GrowthBook's hash version 1 with the layer's seed, for an experiment that was begun there.</summary>
    public const string GrowthBook1 = "growthbook-v1";

    /// <summary>GrowthBook's hash version 2.</summary>
    public const string GrowthBook2 = "growthbook-v2";

    public static IReadOnlyList<string> All { get; } = [Compatible, Fast, GrowthBook1, GrowthBook2];
}

/// <summary>Who is randomised in a layer.</summary>
public static class UnitKinds
{
    /// <summary>The user, else the session. The default.</summary>
    public const string Any = "any";

    /// <summary>Only who has a user id takes part.</summary>
    public const string User = "user";

    /// <summary>The session, also of a known user.</summary>
    public const string Session = "session";

    public static IReadOnlyList<string> All { get; } = [Any, User, Session];
}

/// <summary>What a rule of an audience can ask for.</summary>
public static class AudienceAttributes
{
    public const string Device = "device";
    public const string Page = "page";
    public const string Category = "category";
    public const string Country = "country";
    public const string Language = "language";
    public const string Referrer = "referrer";

    /// <summary>Version of the shop's app or site.</summary>
    public const string AppVersion = "app_version";

    /// <summary><c>user</c> or <c>session</c>.</summary>
    public const string UnitKind = "unit_kind";

    /// <summary>The unit's id: for lists of ids, and for <see cref="AudienceOperators.Sampled"/>.</summary>
    public const string Unit = "unit";

    /// <summary>How many interactions are known of the user or session.</summary>
    public const string Interactions = "interactions";

    /// <summary>Days since the last known interaction, with fraction; unknown when there is none.</summary>
    public const string DaysSinceLast = "days_since_last";

    /// <summary>exp of the mean of ln(price) over bought items; unknown when nothing was bought.</summary>
    public const string MeanPrice = "mean_price";

    public static IReadOnlyList<string> Texts { get; } = [Device, Page, Category, Country, Language, Referrer, AppVersion, UnitKind, Unit];

    /// <summary>Of the user's context: known only when feature-svc answered.</summary>
    public static IReadOnlyList<string> Numbers { get; } = [Interactions, DaysSinceLast, MeanPrice];

    public static IReadOnlyList<string> All { get; } = [.. Texts, .. Numbers];
}

/// <summary>Texts compare ordinally without case, ids with it. Numbers are invariant decimals. Versions are those of semver.org 2.0.0; a leading <c>v</c> and missing minor and patch parts are tolerated.</summary>
public static class AudienceOperators
{
    /// <summary>One value.</summary>
    public const string EqualTo = "equals";

    /// <summary>Any of one or more values.</summary>
    public const string In = "in";

    /// <summary>None of one or more values.</summary>
    public const string NotIn = "not_in";

    public const string Greater = "gt";
    public const string AtLeast = "gte";
    public const string Less = "lt";
    public const string AtMost = "lte";

    public const string VersionEquals = "semver_equals";
    public const string VersionGreater = "semver_gt";
    public const string VersionAtLeast = "semver_gte";
    public const string VersionLess = "semver_lt";
    public const string VersionAtMost = "semver_lte";

    /// <summary>
    /// Values: a share 0..1 and a seed. Holds for that share of the attribute's values, by the compatible hash; with <see cref="AudienceAttributes.Unit"/> a random
    /// part of the units, independent of every layer with another seed.
    /// </summary>
    public const string Sampled = "sampled";

    /// <summary>Values: a GrowthBook namespace, and from and to within 0..1. Holds for the units it holds for there.</summary>
    public const string GrowthBookNamespace = "growthbook_namespace";

    public static IReadOnlyList<string> Texts { get; } = [EqualTo, In, NotIn];

    public static IReadOnlyList<string> Numbers { get; } = [EqualTo, Greater, AtLeast, Less, AtMost];

    public static IReadOnlyList<string> Versions { get; } = [VersionEquals, VersionGreater, VersionAtLeast, VersionLess, VersionAtMost];

    /// <summary>All that a text can be compared by.</summary>
    public static IReadOnlyList<string> OfTexts { get; } = [.. Texts, .. Versions, Sampled, GrowthBookNamespace];

    public static IReadOnlyList<string> All { get; } = [EqualTo, In, NotIn, Greater, AtLeast, Less, AtMost, .. Versions, Sampled, GrowthBookNamespace];
}
