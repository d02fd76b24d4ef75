using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>A set of experiments that share no user.</summary>
public record DefinedLayer
{
    public string Id { get; set; } = "";

    /// <summary>Mixed into the hash. Another seed deals all users anew.</summary>
    public string Seed { get; set; } = "";

    /// <summary>One of <see cref="LayerHashes"/>.</summary>
    public string Hash { get; set; } = LayerHashes.Compatible;

    /// <summary>Who is randomised: one of <see cref="UnitKinds"/>. All experiments of a layer share it, because they share the slots.</summary>
    public string Unit { get; set; } = UnitKinds.Any;

    /// <summary>Part of the users that no experiment of this layer gets, 0..1.</summary>
    public double Holdout { get; set; }

    /// <summary>True when the same user has the same slot in both.</summary>
    public bool DealsAs(DefinedLayer other) => (Seed, Hash, Unit) == (other.Seed, other.Hash, other.Unit);
}

/// <summary>Users in no experiment of any layer.</summary>
public sealed record DefinedHoldout
{
    /// <summary>Part of all users, 0..1.</summary>
    public double Share { get; set; }

    /// <summary>Of its own, so that who is held out is independent of every layer.</summary>
    public string Seed { get; set; } = "holdout";

    /// <summary>One of <see cref="LayerHashes"/>.</summary>
    public string Hash { get; set; } = LayerHashes.Compatible;
}

/// <summary>Kill switches by name.</summary>
internal sealed record FlagSet
{
    public IReadOnlyDictionary<string, bool> Flags { get; set; } = new Dictionary<string, bool>();
}
