namespace Splitrail.Contracts;

/// <summary>Body of both feeds.</summary>
/// <param name="Version">The version the caller holds, 0 for none.</param>
/// <param name="WaitMs">How long the owner may keep the call while there is nothing new, so that a change is told at once; null, and in the catalogue's feed always, is answered at once.</param>
public sealed record FeedRequest(long Version, int? WaitMs = null);

/// <param name="Outcome"><c>unchanged</c> or <c>changed</c>.</param>
/// <param name="Snapshot">Present when changed.</param>
public sealed record ControlFeedResponse(string Outcome, ControlSnapshot? Snapshot);

/// <summary>
/// All that the control plane says, immutable, of one version. A request uses one version from beginning to end. Members that came later are null in
/// content from before, and what is null is not hashed: a snapshot that was stored by an older release still matches its hash.
/// </summary>
/// <param name="Version">Grows with every edit.</param>
/// <param name="ContentHash">SHA-256 (hex) of the content without version and time; a file on disk that does not match is refused.</param>
/// <param name="CreatedMs">Unix milliseconds.</param>
/// <param name="ActiveModel">Version that makes the candidates in production, null before the first one; all that releases before <paramref name="Models"/> know.</param>
/// <param name="Layers">Experiments in one layer share no user.</param>
/// <param name="Flags">Kill switches by name.</param>
/// <param name="GlobalHoldout">Units in no experiment of any layer; null for none.</param>
/// <param name="Models">Which models serve; read it by <see cref="ServedModels.Of"/>, which knows what null means.</param>
/// <param name="Rules">What the owner wants of the lists, by id; null for none.</param>
/// <param name="Weights">How scores are put together, by category; null is the ranker alone.</param>
public sealed record ControlSnapshot(
    long Version,
    string ContentHash,
    long CreatedMs,
    string? ActiveModel,
    IReadOnlyList<Layer> Layers,
    IReadOnlyDictionary<string, bool> Flags,
    HoldoutDefinition? GlobalHoldout = null,
    ServedModels? Models = null,
    IReadOnlyList<BusinessRule>? Rules = null,
    IReadOnlyList<CategoryWeights>? Weights = null);

/// <param name="Id">The layer.</param>
/// <param name="Seed">Mixed into the hash, so that layers are independent.</param>
/// <param name="Experiments">Running ones.</param>
/// <param name="SlotMap">
/// Ordered, disjoint ranges of slots; a slot in no range is in no experiment. The layer's holdout are the ranges of <see cref="ReservedNames.Holdout"/>.
/// </param>
/// <param name="Hash">One of <see cref="LayerHashes"/>; null is <see cref="LayerHashes.Compatible"/>.</param>
/// <param name="Unit">One of <see cref="UnitKinds"/>; null is <see cref="UnitKinds.Any"/>. All experiments of a layer share it, because they share the slots.</param>
public sealed record Layer(
    string Id, string Seed, IReadOnlyList<ExperimentDefinition> Experiments, IReadOnlyList<SlotRange> SlotMap, string? Hash = null, string? Unit = null);

/// <summary>Slots [Start, End) of 2^20 belong to an arm.</summary>
public sealed record SlotRange(int Start, int End, string Experiment, string Arm);

/// <summary>Units in no experiment of any layer.</summary>
/// <param name="Seed">Of its own, so that who is held out is independent of every layer.</param>
/// <param name="SlotMap">Ordered, disjoint ranges of <see cref="ReservedNames.Holdout"/>; who is in none is not held out.</param>
/// <param name="Hash">As in <see cref="Layer"/>.</param>
public sealed record HoldoutDefinition(string Seed, IReadOnlyList<SlotRange> SlotMap, string? Hash = null);

/// <param name="Id">The experiment.</param>
/// <param name="Hypothesis">What it is meant to show, in a sentence.</param>
/// <param name="Epoch">The time between two edits of the split, counted from 1.</param>
/// <param name="Arms">One of them is the control.</param>
/// <param name="Audience">All of the rules must hold, or the unit is not in the experiment; null or empty is everybody.</param>
/// <param name="Overrides">Arm by unit: they get it whatever their slot, the audience and holdouts say, and are not counted. Null for none.</param>
/// <param name="Interleaved">True when everybody in it gets the lists of its two arms drafted into one; else null.</param>
public sealed record ExperimentDefinition(
    string Id,
    string Hypothesis,
    int Epoch,
    IReadOnlyList<ExperimentArm> Arms,
    IReadOnlyList<AudienceRule>? Audience = null,
    IReadOnlyDictionary<string, string>? Overrides = null,
    bool? Interleaved = null);

/// <summary>One condition on who takes part. An attribute that is not known fulfils no rule but <see cref="AudienceOperators.NotIn"/>.</summary>
/// <param name="Attribute">One of <see cref="AudienceAttributes"/>.</param>
/// <param name="Operator">One of <see cref="AudienceOperators"/>.</param>
/// <param name="Values">Texts, or numbers and versions written as text; how many depends on the operator.</param>
public sealed record AudienceRule(string Attribute, string Operator, IReadOnlyList<string> Values);

/// <param name="Id">The arm.</param>
/// <param name="IsControl">Units that cannot be randomised get the control.</param>
/// <param name="Share">Its part of the experiment's users, 0..1; the arms' shares sum to 1.</param>
/// <param name="Parameters">What the arm changes: see <see cref="ArmParameters"/>.</param>
public sealed record ExperimentArm(string Id, bool IsControl, double Share, ArmParameters Parameters);

/// <summary>Typed parameters; null leaves the default.</summary>
/// <param name="Mix">Mix of candidate sources.</param>
/// <param name="Ranker">Ranker; <c>none</c> serves the candidates' own order.</param>
/// <param name="Model">Version of a model in the registry: it serves in place of production for all types it has.</param>
/// <param name="ReRanker">Re-rankers, joined by <c>+</c>; none by default.</param>
/// <param name="ReRank">Their options.</param>
public sealed record ArmParameters(string? Mix = null, string? Ranker = null, string? Model = null, string? ReRanker = null, ReRankOptions? ReRank = null);

/// <summary>Names of the kill switches in <see cref="ControlSnapshot.Flags"/>; a missing one is on.</summary>
public static class FlagNames
{
    public const string PersonalCandidates = "personal-candidates";
    public const string Ranking = "ranking";
    public const string Caching = "caching";
    public const string Search = "search";
}

/// <param name="Outcome"><c>unchanged</c> or <c>changed</c>.</param>
/// <param name="Version">The version after applying this answer.</param>
/// <param name="Full">True when <see cref="Items"/> is the whole catalogue and what is missing from it is gone.</param>
/// <param name="Items">Changed items (a gone one has <see cref="CatalogItem.Hidden"/> set).</param>
public sealed record CatalogFeedResponse(string Outcome, long Version, bool Full, IReadOnlyList<CatalogItem> Items);

/// <param name="ItemId">The item.</param>
/// <param name="Title">As shown.</param>
/// <param name="Category">One category; empty when unknown.</param>
/// <param name="Price">In the shop's currency; null when unknown.</param>
/// <param name="Stock">Pieces; null means not tracked (always in stock).</param>
/// <param name="Hidden">Taken out by the owner, or gone.</param>
/// <param name="Attributes">Free text attributes: author, genres, country, …</param>
public sealed record CatalogItem(
    string ItemId,
    string Title,
    string Category,
    decimal? Price,
    int? Stock,
    bool Hidden = false,
    IReadOnlyDictionary<string, string>? Attributes = null);

/// <summary>Body of <see cref="InnerPaths.CatalogUpsert"/>.</summary>
public sealed record CatalogUpsertRequest(IReadOnlyList<CatalogItem> Items);

/// <param name="Outcome"><c>accepted</c> or <c>invalid</c> (nothing was stored).</param>
/// <param name="Version">The catalogue's version after it.</param>
/// <param name="Fault">When invalid: the item, the value and the rule.</param>
public sealed record CatalogUpsertResponse(string Outcome, long Version, string? Fault = null);
