using Splitrail.Local;

namespace Splitrail.Benchmarks;

/// <summary>One measurement of <c>./bench NAME</c>: seeded, repeatable, in Release.</summary>
public interface IBench
{
    string Name { get; }

    /// <summary>One line for the list.</summary>
    string Summary { get; }

    /// <summary>The floors and ceilings of the issue that asked for the bench, by figure.</summary>
    IReadOnlyDictionary<string, BenchTarget> Targets { get; }

    /// <summary>What <c>--check</c> holds: figures that were reached, with slack. Ratios within a run, where there are any, since machines differ.</summary>
    IReadOnlyDictionary<string, BenchTarget> Checks => Targets;

    /// <returns>Figures by key: snake_case with the unit at the end.</returns>
    Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken);
}

/// <summary>A floor or a ceiling.</summary>
/// <param name="Min">Floor.</param>
/// <param name="Max">Ceiling.</param>
/// <param name="OnlyWithDaprd">It has no figure without <c>--sidecar daprd</c>.</param>
public sealed record BenchTarget(double? Min = null, double? Max = null, bool OnlyWithDaprd = false)
{
    public bool IsMet(double value) => (Min is null || value >= Min) && (Max is null || value <= Max);
}

/// <param name="DataPath">From <c>--data</c>; null means the demo shop.</param>
/// <param name="Format">From <c>--format</c>.</param>
/// <param name="Seed">From <c>--seed</c>.</param>
/// <param name="StateDirectory">Kept between runs: imported data, trained models.</param>
/// <param name="Sidecar">From <c>--sidecar</c>: daprd adds its figures to those of the embedded one.</param>
/// <param name="Runs">From <c>--runs</c>: simulated runs of each case; null for the bench's own number.</param>
/// <param name="Progress">Lines for a person; they go to standard error.</param>
public sealed record BenchRequest(string? DataPath, string? Format, ulong Seed, string StateDirectory, SidecarKind Sidecar, int? Runs, Action<string> Progress);
