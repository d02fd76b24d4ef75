namespace Splitrail.ExperimentSvc.Registry;

/// <summary>One condition of an activation, and how a version stands to it.</summary>
/// <param name="Name">One of <see cref="GateNames"/>.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="MayOverride">Somebody may activate all the same and say why.</param>
/// <param name="Detail">What was compared.</param>
/// <param name="Pending">Nobody knows yet: ask again.</param>
internal sealed record ModelGate(string Name, bool Passed, bool MayOverride, string Detail, bool Pending = false);

internal static class GateNames
{
    /// <summary>Every file is there and as its SHA-256 says.</summary>
    public const string Files = "files";

    /// <summary>Not larger than a replica can take.</summary>
    public const string Size = "size";

    /// <summary>ranking-svc has opened it in a process of its own.</summary>
    public const string Opens = "opens";

    /// <summary>Not worse than production in what the trainer measured.</summary>
    public const string Quality = "quality";

    /// <summary>Not slower than production.</summary>
    public const string Latency = "latency";

    /// <summary>A quantised ranker orders as the full one does.</summary>
    public const string Int8 = "int8";
}
